using Trainer.Failures;
using Trainer.Results;

namespace Trainer.Sweeps;

/// <summary>Where a sweep's own files lie: <c>results/sweeps/&lt;name&gt;/</c>. Its cells are run folders like any other.</summary>
/// <param name="Path">The folder.</param>
internal sealed record SweepFolder(string Path)
{
    /// <summary>The folder of all sweeps, below that of all results.</summary>
    public const string Parent = "sweeps";

    /// <summary>The column of the index that says where a cell's run lies, seen from the index, with '/'.</summary>
    public const string FolderColumn = "folder";

    /// <summary>A row a cell.</summary>
    public string Index => System.IO.Path.Combine(Path, "index.csv");

    /// <summary>Whether a sweep has been here.</summary>
    public bool IsThere => File.Exists(Index);

    /// <summary>The folder of the sweep <paramref name="name"/>.</summary>
    public static SweepFolder Of(string root, string name) => new(System.IO.Path.Combine(root, Parent, name));

    /// <summary>The run folders that the index names and that are there, in its order.</summary>
    /// <exception cref="RunFailedException">The index cannot be read.</exception>
    public IReadOnlyList<RunFolder> Cells()
    {
        IReadOnlyList<string[]> lines = CsvFile.ReadText(Index);
        int column = lines.Count == 0 ? -1 : Array.IndexOf(lines[0], FolderColumn);
        if (column < 0)
        {
            throw new RunFailedException($"{Index}: has no column '{FolderColumn}'; run the sweep again");
        }
        return [.. lines.Skip(1)
            .Select(line => new RunFolder(System.IO.Path.GetRelativePath(".", System.IO.Path.Combine(Path, line[column]))))
            .Where(run => Directory.Exists(run.Path))];
    }
}
