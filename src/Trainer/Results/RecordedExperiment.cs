using Trainer.Data;
using Trainer.Engines;
using Trainer.Failures;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Results;

/// <summary>What a run was: its configuration, and the data set that it was trained on.</summary>
/// <param name="Folder">Where it lies.</param>
/// <param name="Experiment">Its resolved configuration.</param>
/// <param name="Data">The data set it was trained on.</param>
/// <param name="Setup">What its engine was made for.</param>
internal sealed record RecordedExperiment(RunFolder Folder, Experiment Experiment, DataSet Data, TrainingSetup Setup)
{
    private const int HashDigits = 12;

    /// <summary>Reads the configuration of a run and brings its images.</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="data">Brings the images.</param>
    /// <param name="dataOption">The value of <c>--data</c>; null when it was not given.</param>
    /// <param name="cancellation">Ends a download.</param>
    /// <param name="check">What else the run has to have, asked before images are fetched for nothing.</param>
    /// <exception cref="DataException">The data set is missing, or another than the one the run was trained on.</exception>
    /// <exception cref="TrainerException">A file of the run is missing or broken; the message says which.</exception>
    public static async Task<RecordedExperiment> LoadAsync(
        RunFolder folder, DataProvider data, string? dataOption, CancellationToken cancellation, Action<Experiment>? check = null)
    {
        Experiment experiment = ConfigReader.Read<Experiment>(folder.Config, []);
        var recorded = RecordedDataSet.Of(folder);
        check?.Invoke(experiment);
        DataSet set = await data.LoadAsync(experiment.Data.Source, dataOption, cancellation);
        ThrowIfAnother(folder, recorded, set);
        return new RecordedExperiment(folder, experiment, set, SetupOf(folder, experiment, set));
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
