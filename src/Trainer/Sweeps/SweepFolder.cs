using Trainer.Results;

namespace Trainer.Sweeps;

/// <summary>Where a sweep's own files lie: <c>results/sweeps/&lt;name&gt;/</c>. Its cells are run folders like any others.</summary>
/// <param name="Path">The folder.</param>
internal sealed record SweepFolder(string Path)
{
    private const string Sweeps = "sweeps";
    private const string Configs = "configs";

    /// <summary>The cells, a line each.</summary>
    public string Index => In("index.csv");

    /// <summary>The sweep file, with the configurations it names beside it: 'trainer sweep' takes it.</summary>
    public string Copy => In("sweep.yaml");

    /// <summary>The folder of the sweep called <paramref name="name"/>.</summary>
    public static SweepFolder Of(string results, string name) => new(System.IO.Path.Combine(results, Sweeps, name));

    /// <summary>Writes the sweep file and the configurations.</summary>
    /// <param name="file">What the sweep file says.</param>
    /// <param name="overrides">Arguments of <c>--set</c>.</param>
    /// <exception cref="Failures.RunFailedException">The folder cannot be written.</exception>
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

    private string In(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);
}
