using Trainer.Data;
using Trainer.Engines;
using Trainer.Failures;
using Trainer.Optimizers;
using Trainer.Results;
using Trainer.Runs;

namespace Trainer.Sessions;

/// <summary>An experiment that can begin: resolved, with its images, its folder and what an engine has to know.</summary>
internal sealed class PreparedRun
{
    private readonly int _trace;

    /// <summary>Prepares <paramref name="experiment"/>.</summary>
    /// <param name="place">What messages call the experiment: the file that it was read from.</param>
    /// <param name="experiment">What to do; its data source may still be <see cref="DataSource.Auto"/>.</param>
    /// <param name="images">What the source came to.</param>
    /// <param name="results">Folder of all results.</param>
    /// <param name="trace">How many first steps to trace.</param>
    /// <exception cref="TrainerException">It does not fit the data, or itself, or what it begins with is not there.</exception>
    public PreparedRun(string place, Experiment experiment, DataSet images, string results, int trace = 0)
        : this(place, Resolved(experiment, images), images, resolved => RunFolder.Of(results, resolved), trace)
    {
    }

    /// <summary>Prepares a run that has its folder.</summary>
    /// <param name="experiment">What to do, resolved.</param>
    /// <param name="images">On which images.</param>
    /// <param name="folder">Where it is recorded.</param>
    /// <exception cref="TrainerException">It does not fit the data, or itself, or what it begins with is not there.</exception>
    public PreparedRun(Experiment experiment, DataSet images, RunFolder folder)
        : this(folder.Config, experiment, images, _ => folder, TraceFiles.StepCount(folder.Trace))
    {
    }

    private PreparedRun(string place, Experiment experiment, DataSet images, Func<Experiment, RunFolder> folder, int trace)
    {
        Experiment = experiment;
        Data = images;
        Folder = folder(experiment);
        Setup = SetupOf(place, experiment, images);
        InitialNetwork = experiment.From is { } start ? InitialWeights.Load(start, Folder, Setup.Shape) : null;
        _trace = trace;
        CheckTrace();
    }

    /// <summary>What to do.</summary>
    public Experiment Experiment { get; }

    /// <summary>On which images.</summary>
    public DataSet Data { get; }

    /// <summary>Where it is recorded.</summary>
    public RunFolder Folder { get; }

    /// <summary>The same, as an engine is made for.</summary>
    public TrainingSetup Setup { get; }

    /// <summary>The network that it begins with; null where that is initialised.</summary>
    public float[]? InitialNetwork { get; }

    /// <summary>How many first steps to trace.</summary>
    public int Trace => _trace;

    /// <summary>What 'auto' came to is part of the experiment: two data sets never share a folder. So is the digest of the weights that it
    /// begins with, wherever they lie.</summary>
    /// <exception cref="TrainerException">There are no such weights.</exception>
    public static Experiment Resolved(Experiment experiment, DataSet images)
    {
        experiment = experiment with { Data = experiment.Data with { Source = DataProvider.SourceOf(images) } };
        return experiment.From is null ? experiment : InitialWeights.Resolved(experiment, images);
    }

    /// <summary>The setup of an experiment that was read from <paramref name="place"/>.</summary>
    /// <exception cref="ConfigException">It does not fit the data, or itself.</exception>
    public static TrainingSetup SetupOf(string place, Experiment experiment, DataSet images)
    {
        try
        {
            return Run.Setup(experiment, images).Checked();
        }
        catch (ConfigException failure)
        {
            throw new ConfigException($"{place}: {failure.Message}", failure);
        }
        catch (ArgumentException failure)
        {
            throw new ConfigException($"{place}: {failure.Message}; see model.hidden and batch_size", failure);
        }
    }

    /// <summary>The summary of this very run where all that it records is there; else null.</summary>
    public RunSummary? FindComplete() => TraceIsThere() ? FindComplete(Folder, Experiment, Data.Hash) : null;

    /// <summary>The same for an experiment that is resolved, without a trace.</summary>
    public static RunSummary? FindComplete(RunFolder folder, Experiment experiment, string dataHash) =>
        RunRecorder.FindComplete(folder, experiment, dataHash) is { } summary
            && DiagnosticsAreThere(folder, experiment, summary)
            && EventsAreThere(folder, experiment, summary)
            ? summary
            : null;

    /// <summary>Whether the first steps that are to be traced are there.</summary>
    public bool TraceIsThere() => _trace == 0 || TraceFiles.StepCount(Folder.Trace) >= _trace;

    private static bool DiagnosticsAreThere(RunFolder folder, Experiment experiment, RunSummary summary) =>
        !experiment.Diagnostics || folder.Diagnostics.IsComplete(summary.Stopped?.Epoch ?? experiment.Epochs);

    private static bool EventsAreThere(RunFolder folder, Experiment experiment, RunSummary summary) =>
        !experiment.Tensorboard || folder.TensorBoard.IsComplete(summary.Stopped?.Epoch ?? experiment.Epochs);

    /// <summary>A trace is of the first epoch: more steps than that has would be promised and not recorded.</summary>
    private void CheckTrace()
    {
        if (_trace > 0 && Experiment.Optimizer is LineSearch)
        {
            throw new ConfigException("--trace: records steps of an update rule, and line_search makes none; line_search.csv has its steps");
        }
        long steps = Experiment.Epochs == 0 ? 0 : Run.Steps(Experiment, Setup.Data.Train.Count).PerEpoch;
        if (_trace > steps)
        {
            throw new ConfigException($"--trace: {_trace} steps, but {(steps == 0 ? "nothing is trained" : $"the first epoch has {steps}")}; ask for at most that");
        }
    }
}
