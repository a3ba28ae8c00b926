using System.Text.Json;
using Trainer.Data;
using Trainer.Diagnostics;
using Trainer.Engines;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Runs;

namespace Trainer.Doctor;

/// <summary>Reads what a run left behind, and probes its network: at the end from its checkpoint, at the start from the initial
/// weights, which its configuration and seed alone decide.</summary>
internal static class RecordedRunFolder
{
    /// <summary>Finds a run as <see cref="RunFinder"/> does, or one that ended before its first epoch was recorded.</summary>
    /// <exception cref="ConfigException">There is none, or more than one.</exception>
    public static RunFolder Find(string path)
    {
        var folder = new RunFolder(path);
        return File.Exists(folder.Config) && File.Exists(folder.Manifest) ? folder : RunFinder.Find(path);
    }

    /// <summary>Reads the run in <paramref name="folder"/>.</summary>
    /// <exception cref="DataException">The data set is missing, or another than the one the run was trained on.</exception>
    /// <exception cref="TrainerException">A file of the run is missing or broken; the message says which.</exception>
    public static async Task<RecordedRun> LoadAsync(
        RunFolder folder, DataProvider provider, string? dataOption, CancellationToken cancellation)
    {
        (_, Experiment experiment, DataSet data, TrainingSetup setup) =
            await RecordedExperiment.LoadAsync(folder, provider, dataOption, cancellation);
        var probe = new NetworkProbe(setup.Network, setup.Data.Train);
        float[] parameters = new float[setup.Shape.ParameterCount];
        experiment.Model.Init.Fill(setup.Shape, experiment.Seed, parameters);
        IReadOnlyList<LayerProbe> initial = probe.Measure(parameters);
        return new RecordedRun
        {
            Experiment = experiment,
            DataSet = data.Name,
            Images = data,
            Classes = data.ClassNames.Count,
            Status = Status(folder),
            Rows = File.Exists(folder.Metrics) ? CsvFile.Read<MetricsRow>(folder.Metrics) : [],
            Initial = initial,
            Last = File.Exists(folder.LastWeights) ? probe.Measure(SafetensorsFile.Read(folder.LastWeights, setup.Shape).AsSpan(0, setup.Shape.ParameterCount)) : null,
        };
    }

    private static RunStatus? Status(RunFolder folder)
    {
        try
        {
            return File.Exists(folder.Status) ? JsonText.Parse<RunStatus>(RecordedFile.ReadText(folder.Status, RecordedFile.LongestJson)) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
