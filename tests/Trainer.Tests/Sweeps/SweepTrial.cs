using Trainer.Clusters;
using Trainer.Devices;
using Trainer.Sweeps;
using Trainer.Tests.Commands;

namespace Trainer.Tests.Sweeps;

/// <summary>Sweeps over a small experiment on a small embedded set.</summary>
internal sealed class SweepTrial : IDisposable
{
    /// <summary>What most tests start from: two epochs, no validation split.</summary>
    public const string Base = """
        name: trial
        model: {hidden: [16], activation: relu}
        optimizer: {name: sgd, lr: 0.1}
        epochs: 2
        data: {source: embedded}
        """;

    private readonly ProgramTrial _program;

    public SweepTrial(int train = 300, int test = 100, DeviceAccess? devices = null, ClusterAccess? clusters = null)
    {
        _program = devices is null
            ? new ProgramTrial(train, test) { Clusters = clusters }
            : new ProgramTrial(train, test) { Devices = devices, Clusters = clusters };
        _program.Config(Base, "base.yaml");
    }

    /// <summary>The program.</summary>
    public ProgramTrial Program => _program;

    /// <summary>The folder of the sweep that <see cref="Write"/> names.</summary>
    public SweepFolder Folder => SweepFolder.Of(_program.Results, "s");

    /// <summary>The lines of the index, without the header.</summary>
    public string[] Index => File.ReadAllText(Folder.Index).TrimEnd('\n').Split('\n')[1..];

    /// <summary>Writes a sweep over the base configuration and returns its path.</summary>
    public string Write(string text, string head = "name: s\nbase: base.yaml\n") => _program.Config(head + text, "s.yaml");

    /// <summary>The cells of a sweep.</summary>
    public IReadOnlyList<SweepCell> Cells(string text, params string[] overrides) => Rungs(text, overrides)[0];

    /// <summary>The cells of each rung of a sweep.</summary>
    public IReadOnlyList<IReadOnlyList<SweepCell>> Rungs(string text, params string[] overrides) =>
        new SweepPlanner(SweepReader.Read(Write(text)), overrides, experiment => experiment).Rungs();

    /// <summary><c>trainer sweep</c>.</summary>
    public Task<ProgramOutcome> RunAsync(string text, params string[] more) =>
        _program.RunAsync(["sweep", Write(text), "--out", _program.Results, .. more]);

    /// <summary>The content of a file of every run folder, by the folder's name.</summary>
    public SortedDictionary<string, string> Files(string name, string? results = null)
    {
        string root = results ?? _program.Results;
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(root, name, SearchOption.AllDirectories))
        {
            files.Add(Path.GetRelativePath(root, Path.GetDirectoryName(file)!), File.ReadAllText(file));
        }
        return files;
    }

    public void Dispose() => _program.Dispose();
}
