using Trainer.Data;
using Trainer.Engines;
using Trainer.Failures;
using Trainer.Runs;

namespace Trainer.Results;

/// <summary>What a run's folder holds, loaded: its configuration, the data it was trained on, and one of its checkpoints.</summary>
internal sealed class TrainedRun
{
    private readonly float[] _network;
    private readonly IReadOnlyDictionary<string, string> _metadata;

    private TrainedRun(RecordedExperiment recorded, CheckpointName checkpoint)
    {
        Recorded = recorded;
        Checkpoint = checkpoint;
        string file = Folder.Weights(checkpoint);
        _network = SafetensorsFile.Read(file, Setup.Shape);
        _metadata = SafetensorsFile.ReadMetadata(file);
    }

    /// <summary>What it was.</summary>
    public RecordedExperiment Recorded { get; }

    /// <summary>Where it lies.</summary>
    public RunFolder Folder => Recorded.Folder;

    /// <summary>Its resolved configuration.</summary>
    public Experiment Experiment => Recorded.Experiment;

    /// <summary>The data set it was trained on.</summary>
    public DataSet Data => Recorded.Data;

    /// <summary>What its engine was made for.</summary>
    public TrainingSetup Setup => Recorded.Setup;

    /// <summary>Which weights these are.</summary>
    public CheckpointName Checkpoint { get; }

    /// <summary>The epoch that the weights were kept after, as their file says; null where it does not.</summary>
    public int? Epoch => _metadata.TryGetValue("epoch", out string? text) && int.TryParse(text, out int epoch) ? epoch : null;

    /// <summary>Loads a run.</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="checkpoint">Which weights.</param>
    /// <param name="data">Brings the images.</param>
    /// <param name="dataOption">The value of <c>--data</c>; null when it was not given.</param>
    /// <param name="cancellation">Ends a download.</param>
    /// <exception cref="DataException">The data set is missing, or another than the one the run was trained on.</exception>
    /// <exception cref="TrainerException">A file of the run is missing or broken; the message says which.</exception>
    public static async Task<TrainedRun> LoadAsync(
        RunFolder folder, CheckpointName checkpoint, DataProvider data, string? dataOption, CancellationToken cancellation)
    {
        var recorded = await RecordedExperiment.LoadAsync(
            folder, data, dataOption, cancellation, experiment => ThrowIfMissing(folder, checkpoint, experiment));
        return new TrainedRun(recorded, checkpoint);
    }

    /// <summary>An engine with the weights of this run.</summary>
    /// <param name="create">Makes the engine.</param>
    /// <param name="rows">Other rows to compute on than those of the run; null for those.</param>
    public IEngine CreateEngine(Func<TrainingSetup, IEngine> create, SplitSet? rows = null)
    {
        IEngine engine = create(rows is null ? Setup : Setup with { Data = rows });
        try
        {
            engine.WriteParameters(_network.AsSpan(0, Setup.Shape.ParameterCount));
            engine.WriteStatistics(_network.AsSpan(Setup.Shape.ParameterCount));
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The line of <c>metrics.csv</c> that these weights must repeat; null where it was not written any more: a run that is
    /// ended by force may have kept the weights of an epoch and not yet its line.
    /// </summary>
    /// <exception cref="RunFailedException">The file cannot be read.</exception>
    /// <exception cref="CheckFailedException">The weights are of an epoch that the file does not have.</exception>
    public MetricsRow? RecordedRow()
    {
        IReadOnlyList<MetricsRow> rows = CsvFile.Read<MetricsRow>(Folder.Metrics);
        int last = rows.Count == 0 ? -1 : rows[^1].Epoch;
        if (Epoch == last + 1)
        {
            return null;
        }
        // Of 'last' always the last line, whatever the file of weights says of itself.
        MetricsRow? row = Checkpoint == CheckpointName.Last ? rows.LastOrDefault() : rows.FirstOrDefault(row => row.Epoch == Epoch);
        return row ?? throw new CheckFailedException(
            $"{Folder.Metrics}: has no line of the epoch of {Folder.Weights(Checkpoint)} ({Epoch?.ToString() ?? "not named in it"}); run the experiment again with --force");
    }

    private static void ThrowIfMissing(RunFolder folder, CheckpointName checkpoint, Experiment experiment)
    {
        string file = folder.Weights(checkpoint);
        if (File.Exists(file))
        {
            return;
        }
        throw checkpoint == CheckpointName.Best && experiment.Data.Validation == 0
            ? new ConfigException($"--checkpoint best: {folder.Path} has none, because data.validation is 0 and the best epoch is chosen by validation only; use --checkpoint last")
            : new RunFailedException($"{file}: no such file; run the experiment again with --force");
    }
}
