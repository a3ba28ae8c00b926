using Trainer.Data;
using Trainer.Engines;
using Trainer.Failures;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Results;

/// <summary>What a run's folder holds, loaded: its configuration, the data it was trained on, and one of its checkpoints.</summary>
internal sealed class TrainedRun
{
    private const int HashDigits = 12;

    private readonly float[] _network;
    private readonly IReadOnlyDictionary<string, string> _metadata;

    private TrainedRun(RunFolder folder, Experiment experiment, DataSet data, TrainingSetup setup, CheckpointName checkpoint)
    {
        Folder = folder;
        Experiment = experiment;
        Data = data;
        Setup = setup;
        Checkpoint = checkpoint;
        string file = folder.Weights(checkpoint);
        _network = SafetensorsFile.Read(file, setup.Shape);
        _metadata = SafetensorsFile.ReadMetadata(file);
    }

    /// <summary>Where it lies.</summary>
    public RunFolder Folder { get; }

    /// <summary>Its resolved configuration.</summary>
    public Experiment Experiment { get; }

    /// <summary>The data set it was trained on.</summary>
    public DataSet Data { get; }

    /// <summary>What its engine was made for.</summary>
    public TrainingSetup Setup { get; }

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
        Experiment experiment = ConfigReader.Read<Experiment>(folder.Config, []);
        var recorded = RecordedDataSet.Of(folder);
        ThrowIfMissing(folder, checkpoint, experiment);
        DataSet set = await data.LoadAsync(experiment.Data.Source, dataOption, cancellation);
        ThrowIfAnother(folder, recorded, set);
        return new TrainedRun(folder, experiment, set, SetupOf(folder, experiment, set), checkpoint);
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

    private static void ThrowIfAnother(RunFolder folder, RecordedDataSet recorded, DataSet set)
    {
        if (recorded.Hash is not { } hash)
        {
            throw new RunFailedException($"{folder.Manifest}: has no hash of the data set; run the experiment again with --force");
        }
        if (hash != set.Hash)
        {
            throw new DataException(
                $"{folder.Path}: was trained on {recorded.Name} (SHA-256 {Short(hash)}), not on {set.Name} from {set.Origin} ({Short(set.Hash)}); "
                + "data sets are never mixed: let --data name the one it was trained on");
        }
    }

    private static string Short(string hash) => hash.Length <= HashDigits ? hash : hash[..HashDigits] + "…";

    private static TrainingSetup SetupOf(RunFolder folder, Experiment experiment, DataSet set)
    {
        try
        {
            return Run.Setup(experiment, set).Checked();
        }
        catch (Exception failure) when (failure is ConfigException or ArgumentException)
        {
            throw new ConfigException($"{folder.Config}: {failure.Message}", failure);
        }
    }
}
