using Trainer.Results;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Catalogs;

/// <summary>A run as its files show it, whether it is complete, at work or broken off.</summary>
internal sealed class RunEntry
{
    private readonly Lazy<IReadOnlyList<MetricsRow>> _rows;
    private readonly Lazy<IReadOnlyList<TimingRow>> _timings;
    private readonly Lazy<MetricsRow?> _last;
    private readonly Lazy<bool> _isHeld;
    private readonly Lazy<IReadOnlyDictionary<string, string>> _keys;

    /// <summary>The run in <paramref name="folder"/>, whose tables are read once they are asked for.</summary>
    public RunEntry(RunFolder folder)
    {
        Folder = folder;
        _rows = new Lazy<IReadOnlyList<MetricsRow>>(() => ReadIfThere(folder.Metrics, MetricsFile.Read));
        _timings = new Lazy<IReadOnlyList<TimingRow>>(() => ReadIfThere(folder.Timing, CsvFile.Read<TimingRow>));
        _last = new Lazy<MetricsRow?>(() => _rows.IsValueCreated ? Rows.LastOrDefault()
            : File.Exists(folder.Metrics) ? CsvFile.ReadLast<MetricsRow>(folder.Metrics) : null);
        _isHeld = new Lazy<bool>(() => RunLock.IsHeld(folder));
        _keys = new Lazy<IReadOnlyDictionary<string, string>>(
            () => ConfigLines.Of(Experiment!).ToDictionary(line => line.Key, line => line.Value, StringComparer.Ordinal));
    }

    /// <summary>Where it lies.</summary>
    public RunFolder Folder { get; }

    /// <summary>Its resolved configuration.</summary>
    public required Experiment Experiment { get; init; }

    /// <summary>Every key of its configuration with its value.</summary>
    public IReadOnlyDictionary<string, string> Keys => _keys.Value;

    /// <summary>Hash of the configuration without its seed.</summary>
    public required string Hash { get; init; }

    /// <summary>The data set it was trained on.</summary>
    public required RecordedDataSet Data { get; init; }

    /// <summary>How far it is, as it wrote itself.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>The recorded epochs, from the untrained network on; empty before the first.</summary>
    /// <exception cref="Failures.RunFailedException">The file is broken.</exception>
    public IReadOnlyList<MetricsRow> Rows => _rows.Value;

    /// <summary>The last recorded epoch, read without the others; null before the first.</summary>
    /// <exception cref="Failures.RunFailedException">The file is broken.</exception>
    public MetricsRow? Last => _last.Value;

    /// <summary>The seconds of the recorded epochs.</summary>
    /// <exception cref="Failures.RunFailedException">The file is broken.</exception>
    public IReadOnlyList<TimingRow> Timings => _timings.Value;

    /// <summary>Whether its files say "running", but no process holds it: it was killed.</summary>
    public bool IsBrokenOff => Status.State == RunState.Running && !_isHeld.Value;

    /// <summary>Whether its figures count: it came to its own end.</summary>
    public bool Counts => Status.State == RunState.Completed && Last is not null;

    /// <summary>How it stands, as seen from outside.</summary>
    public RunStanding Standing => Status.State switch
    {
        RunState.Running => IsBrokenOff ? RunStanding.BrokenOff : RunStanding.AtWork,
        RunState.Completed => RunStanding.Completed,
        RunState.Interrupted => RunStanding.Interrupted,
        RunState.Diverged => RunStanding.Diverged,
        _ => RunStanding.Failed,
    };

    private static IReadOnlyList<TRow> ReadIfThere<TRow>(string path, Func<string, IReadOnlyList<TRow>> read) => File.Exists(path) ? read(path) : [];
}
