using Trainer.Catalogs;
using Trainer.Data;
using Trainer.Failures;
using Trainer.Networks;
using Trainer.Results;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Verification;

/// <summary>A run's folder while it is verified: every file is read once, when the first check asks for it; where it cannot be
/// read, each that asks gets the same failure.</summary>
internal sealed class VerifiedRun
{
    private readonly Lazy<RunStatus?> _status;
    private readonly Lazy<Experiment> _experiment;
    private readonly Lazy<IReadOnlyList<MetricsRow>> _rows;
    private readonly Lazy<MlpShape> _shape;
    private readonly Lazy<float[]> _initial;
    private readonly Lazy<IReadOnlyList<string[]>> _digests;
    private readonly Lazy<SavedWeights> _last;
    private readonly Lazy<SavedWeights> _best;

    private VerifiedRun(RunFolder folder, Lazy<Experiment> experiment, DataSet? data, string? absence)
    {
        (Folder, Data, DataAbsence, _experiment) = (folder, data, absence, experiment);
        _status = new(() => RunStatus.TryRead(folder));
        _rows = new(() => File.Exists(folder.Metrics) ? CsvFile.Read<MetricsRow>(folder.Metrics) : []);
        _shape = new(ShapeOf);
        _initial = new(InitialOf);
        _digests = new(() => DigestsFile.Read(folder.Digests, Shape));
        _last = new(() => SavedWeights.Read(folder.LastWeights, Shape));
        _best = new(() => SavedWeights.Read(folder.BestWeights, Shape));
    }

    /// <summary>Where it lies.</summary>
    public RunFolder Folder { get; }

    /// <summary>The images that its configuration asks for; null where they are not at hand.</summary>
    public DataSet? Data { get; }

    /// <summary>Why there are no images; null where there are.</summary>
    public string? DataAbsence { get; }

    /// <summary>How large the data set is.</summary>
    public DataSizes Sizes => Data is null ? DataSizes.Official : DataSizes.Of(Data);

    /// <summary>Its configuration.</summary>
    public Experiment Experiment => _experiment.Value;

    /// <summary>How far it says it is.</summary>
    public RunStatus Status => TryStatus ?? throw new RunFailedException($"{Folder.Status}: is not there, or cannot be read");

    /// <summary>Whether it says that it came to its own end: then all of it must be there.</summary>
    public bool IsComplete => TryStatus is { } status ? status.State == RunState.Completed : File.Exists(Folder.Summary);

    /// <summary>Whether a run of this program begins like this; other software may write configuration and metrics, too.</summary>
    public bool IsOurs => File.Exists(Folder.Status) || RecordedDataSet.TryHash(Folder) is not null;

    /// <summary>The recorded epochs.</summary>
    public IReadOnlyList<MetricsRow> Rows => _rows.Value;

    /// <summary>The network's layers.</summary>
    public MlpShape Shape => _shape.Value;

    /// <summary>Whether it began with another run's weights, which are kept with it.</summary>
    public bool BeginsWithOthers => Experiment.From is not null;

    /// <summary>The network before its first step: as configuration and seed alone give it, or another's.</summary>
    public ReadOnlySpan<float> Initial => _initial.Value;

    /// <summary>The lines of <c>digests.csv</c>.</summary>
    public IReadOnlyList<string[]> Digests => _digests.Value;

    /// <summary>Weights of the last epoch.</summary>
    public SavedWeights Last => _last.Value;

    /// <summary>Weights of the best epoch.</summary>
    public SavedWeights Best => _best.Value;

    /// <summary>The best epoch by validation; null without such a split.</summary>
    public MetricsRow? BestRow => BestEpoch.ByValidation(Rows, ValidationRanking.Of(Experiment));

    /// <summary>Opens a run.</summary>
    public static async Task<VerifiedRun> OpenAsync(RunFolder folder, DataAtHand data, CancellationToken cancellation)
    {
        var experiment = new Lazy<Experiment>(() => ConfigReader.Read<Experiment>(folder.Config, []));
        (DataSet? set, string? absence) = (null, "config.yaml does not say which");
        try
        {
            (set, absence) = await data.FindAsync(experiment.Value.Data.Source, cancellation);
        }
        catch (ConfigException) when (!experiment.IsValueCreated)
        {
            // The check of the configuration says so.
        }
        return new VerifiedRun(folder, experiment, set, absence);
    }

    /// <summary>How a file is called in messages: its place in the folder.</summary>
    public string NameOf(string path) => Path.GetRelativePath(Folder.Path, path).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>How it stands, for headlines.</summary>
    public string Standing => Status.State switch
    {
        RunState.Running => RunLock.IsHeld(Folder) ? StandingText.Spoken(RunStanding.AtWork) : StandingText.Spoken(RunStanding.BrokenOff),
        var state => state.ToString().ToLowerInvariant(),
    };

    private RunStatus? TryStatus => _status.Value;

    private MlpShape ShapeOf()
    {
        try
        {
            return Experiment.Model.Network(Sizes.Pixels, Sizes.Classes, Experiment.Loss).Shape;
        }
        catch (ArgumentException failure)
        {
            throw new ConfigException($"{Folder.Config}: {failure.Message}", failure);
        }
    }

    private float[] InitialOf()
    {
        if (BeginsWithOthers)
        {
            return SafetensorsFile.Read(Folder.InitialWeights, Shape);
        }
        float[] network = new float[Shape.StoredCount];
        Experiment.Model.Init.Fill(Shape, Experiment.Seed, network.AsSpan(0, Shape.ParameterCount));
        foreach (DenseLayer layer in Shape.Layers.Where(layer => layer.IsNormalized))
        {
            // Running means start at 0, variances at 1.
            network.AsSpan(Shape.ParameterCount + layer.StatisticsOffset + layer.Outputs, layer.Outputs).Fill(1);
        }
        return network;
    }
}
