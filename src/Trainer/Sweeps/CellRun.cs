using System.Diagnostics;
using Trainer.Data;
using Trainer.Devices;
using Trainer.Results;
using Trainer.Runs;
using Trainer.Sessions;

namespace Trainer.Sweeps;

/// <summary>A cell on its images: where it is recorded, where it runs, and how far it is.</summary>
/// <remarks>One thread decides what becomes of it; the thread that trains it tells its progress, which others may read.</remarks>
internal sealed class CellRun : IRunObserver, ICellRecord
{
    private readonly Stopwatch _watch = new();
    private MetricsRow? _latest;
    private int _epoch;

    /// <summary>A cell of which nothing is known yet.</summary>
    /// <param name="cell">Which.</param>
    /// <param name="images">What its data source came to.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="results">Folder of all results.</param>
    public CellRun(SweepCell cell, DataSet images, DeviceChoice device, string results)
    {
        Cell = cell with { Experiment = PreparedRun.Resolved(cell.Experiment, images) };
        Images = images;
        Device = device;
        Results = results;
        Folder = RunFolder.Of(results, Experiment);
        Hash = Yaml.ConfigHash.Of(Experiment);
    }

    /// <summary>Which cell.</summary>
    public SweepCell Cell { get; }

    /// <summary>What is done, resolved.</summary>
    public Experiment Experiment => Cell.Experiment;

    /// <summary>On which images.</summary>
    public DataSet Images { get; }

    /// <inheritdoc/>
    public string DataSet => Images.Name;

    /// <summary>Where it runs.</summary>
    public DeviceChoice Device { get; }

    /// <summary>Folder of all results.</summary>
    public string Results { get; }

    /// <summary>Where it is recorded.</summary>
    public RunFolder Folder { get; }

    /// <summary>Hash of the configuration without the seed.</summary>
    public string Hash { get; }

    /// <summary>What is known of it.</summary>
    public CellResult Result { get; set; } = CellResult.Nothing;

    /// <summary>Whether it was found as it is and not run now.</summary>
    public bool IsSkipped { get; set; }

    /// <summary>When to look again whether another process is still at work in the folder, as <see cref="Stopwatch.GetTimestamp"/> counts.</summary>
    public long NotBefore { get; set; }

    /// <summary>Epochs done or begun.</summary>
    public int Epoch => Volatile.Read(ref _epoch);

    /// <summary>The last epoch that was recorded.</summary>
    public MetricsRow? Latest => Volatile.Read(ref _latest);

    /// <summary>For how long it has been trained.</summary>
    public TimeSpan Took => _watch.Elapsed;

    /// <summary>Reads its folder.</summary>
    public CellResult Read() => CellResult.Read(Folder, Experiment, Images.Hash);

    /// <summary>Begins to count its time.</summary>
    public void Begin() => _watch.Start();

    /// <summary>Ends counting.</summary>
    public void End() => _watch.Stop();

    /// <inheritdoc/>
    public void OnProgress(RunProgress progress) => Volatile.Write(ref _epoch, progress.Epoch);

    /// <inheritdoc/>
    public void OnTrace(RunTrace trace)
    {
    }

    /// <inheritdoc/>
    public void OnEpoch(EpochRecord record, EpochTiming timing, ReadOnlySpan<float> network, bool isBest)
    {
        Volatile.Write(ref _epoch, record.Epoch);
        Volatile.Write(ref _latest, MetricsRow.From(record));
    }
}
