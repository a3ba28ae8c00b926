using Trainer.Results;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Tests.Comparisons;

/// <summary>Folders of runs that were never made: every file as the program writes it, with figures of the test's choice.</summary>
/// <param name="root">The folder of all results.</param>
internal sealed class RecordedRuns(string root)
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private int _count;

    /// <summary>The folder of all results.</summary>
    public string Root => root;

    /// <summary>Writes a run.</summary>
    /// <param name="experiment">Its configuration.</param>
    /// <param name="accuracy">The test accuracy of each epoch, the untrained network's first.</param>
    /// <param name="state">How it ended.</param>
    /// <param name="data">The data set's name.</param>
    /// <param name="folder">Where, below the root; null for the usual place.</param>
    public RunFolder Add(
        Experiment experiment, IReadOnlyList<double> accuracy, RunState state = RunState.Completed, string data = "fashion-mnist", string? folder = null)
    {
        RunFolder run = folder is null ? RunFolder.Of(root, experiment) : new RunFolder(Path.Combine(root, folder));
        Directory.CreateDirectory(run.Path);
        File.WriteAllText(run.Config, ConfigWriter.Write(experiment));
        // One after the other, on one machine.
        File.WriteAllText(run.Manifest, JsonText.File(new
        {
            Hardware = new { Processor = "abacus", Cores = 2 },
            Engine = "cpu, 2 threads",
            DataSet = data,
            DataHash = $"hash of {data}",
            Started = Start.AddHours(_count),
            Ended = Start.AddHours(_count++).AddMinutes(1),
        }));
        File.WriteAllText(run.Status, JsonText.File(new RunStatus(state, accuracy.Count - 1, experiment.Epochs, Start, null)));
        CsvFile.Write(run.Metrics, accuracy.Select((value, epoch) => Row(experiment, epoch, value)));
        CsvFile.Write(run.Timing, accuracy.Skip(1).Select((_, index) => new TimingRow { Epoch = index + 1, TrainingSeconds = 0.5, EvaluationSeconds = 0.1 }));
        return run;
    }

    /// <summary>Writes a run for each accuracy after the last epoch, with seeds 1, 2, 3, ....</summary>
    public void AddSeeds(Experiment experiment, params double[] last)
    {
        for (int i = 0; i < last.Length; i++)
        {
            Add(experiment with { Seed = (ulong)i + 1 }, [0.1, .. Enumerable.Range(1, experiment.Epochs).Select(epoch => last[i] - 0.02 * (experiment.Epochs - epoch))]);
        }
    }

    private static MetricsRow Row(Experiment experiment, int epoch, double accuracy) => new()
    {
        Epoch = epoch,
        Step = 938L * epoch,
        Lr = 0.1,
        TrainLoss = 0.9 - accuracy,
        TrainAccuracy = accuracy + 0.01,
        TestLoss = 1 - accuracy,
        TestAccuracy = accuracy,
        Digest = $"{experiment.Seed:x8}{epoch:x8}",
    };
}
