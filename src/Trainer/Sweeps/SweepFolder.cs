using Trainer.Catalogs;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Storage;

namespace Trainer.Sweeps;

/// <summary>Where a sweep's own files lie: <c>results/sweeps/&lt;name&gt;/</c>. Its cells are run folders like any others.</summary>
/// <param name="Path">The folder.</param>
internal sealed record SweepFolder(string Path)
{
    /// <summary>The folder of all sweeps, below that of all results.</summary>
    public const string Parent = "sweeps";

    /// <summary>The column of the index that says where a cell's run lies, seen from the index, with '/'.</summary>
    public const string FolderColumn = "folder";

    /// <summary>The column of the index that says which rung of a halving a cell belongs to, from 1.</summary>
    public const string RungColumn = "rung";

    private const string Configs = "configs";

    /// <summary>The cells, a line each.</summary>
    public string Index => In("index.csv");

    /// <summary>The sweep file, with the configurations it names beside it: 'trainer sweep' takes it.</summary>
    public string Copy => In("sweep.yaml");

    /// <summary>Whether a sweep has been here.</summary>
    public bool IsThere => File.Exists(Index);

    /// <summary>The folder of the sweep called <paramref name="name"/>.</summary>
    public static SweepFolder Of(string results, string name) => new(System.IO.Path.Combine(results, Parent, name));

    /// <summary>Writes the sweep file and the configurations.</summary>
    /// <param name="file">What the sweep file says.</param>
    /// <param name="overrides">Arguments of <c>--set</c>.</param>
    /// <exception cref="RunFailedException">The folder cannot be written.</exception>
    public void Keep(SweepFile file, IReadOnlyList<string> overrides)
    {
        var names = new List<string>();
        foreach (BaseConfig config in file.Configs)
        {
            string name = System.IO.Path.GetFileNameWithoutExtension(config.Path);
            int others = names.Count(other => other == name || other.StartsWith(name + "~", StringComparison.Ordinal));
            names.Add(others == 0 ? name : FormattableString.Invariant($"{name}~{others + 1}"));
            AtomicFile.WriteText(In(Configs, names[^1] + ".yaml"), config.Text);
        }
        AtomicFile.WriteText(Copy, SweepText.Of(file, [.. names.Select(name => $"{Configs}/{name}.yaml")], overrides));
    }

    /// <summary>The run folders that the index names and in which a run has begun, in its order.</summary>
    /// <param name="lastRung">Whether of a halving only the last rung that was reached counts.</param>
    /// <exception cref="RunFailedException">The index cannot be read.</exception>
    public IReadOnlyList<RunFolder> Cells(bool lastRung = false)
    {
        IReadOnlyList<string[]> lines = CsvFile.ReadText(Index);
        int column = lines.Count == 0 ? -1 : Array.IndexOf(lines[0], FolderColumn);
        if (column < 0)
        {
            throw new RunFailedException($"{Index}: has no column '{FolderColumn}'; run the sweep again");
        }
        int rung = lastRung ? Array.IndexOf(lines[0], RungColumn) : -1;
        // Rungs follow one another in the index.
        string? wanted = rung < 0 || lines.Count < 2 ? null : lines[^1][rung];
        return [.. lines.Skip(1)
            .Where(line => wanted is null || line[rung] == wanted)
            .Select(line => new RunFolder(System.IO.Path.GetRelativePath(".", System.IO.Path.Combine(Path, line[column]))))
            .Where(RunPaths.IsRun)];
    }

    private string In(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);
}
