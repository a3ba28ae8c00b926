using Trainer.Activations;
using Trainer.Optimizers;
using Trainer.Randomness;
using Trainer.Results;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Benchmarks.Catalogs;

/// <summary>Folders of runs that were never trained: every file as the program writes it, with curves that look like real ones.</summary>
internal static class MadeUpRuns
{
    private const int Configurations = 100;
    private const int Seeds = 5;
    private const int Epochs = 100;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes 500 runs of 100 epochs, 100 configurations with five seeds each, below <paramref name="root"/>.</summary>
    public static void Write(string root)
    {
        for (int i = 0; i < Configurations * Seeds; i++)
        {
            Write(root, i);
        }
    }

    private static void Write(string root, int index)
    {
        int configuration = index / Seeds;
        var experiment = new Experiment
        {
            Name = "made-up",
            Model = new Model { Hidden = [128, 64], Activation = new Relu() },
            Optimizer = new Sgd { Lr = 0.001 * (1 + configuration / 10) },
            BatchSize = 16 << (configuration % 10),
            Epochs = Epochs,
            Seed = (ulong)(index % Seeds) + 1,
        };
        var run = RunFolder.Of(root, experiment);
        DateTimeOffset begin = Start.AddMinutes(index);
        Directory.CreateDirectory(run.Path);
        File.WriteAllText(run.Config, ConfigWriter.Write(experiment));
        File.WriteAllText(run.Manifest, JsonText.File(new Manifest
        {
            Software = Software.Current(),
            Hardware = Hardware.Current(),
            Engine = "cpu, 2 threads",
            DeviceReason = "made up",
            DataSet = "made-up",
            DataHash = new string('0', 64),
            DataOrigin = "nowhere",
            Command = ["run"],
            Started = begin,
            Ended = begin.AddSeconds(50),
        }));
        File.WriteAllText(run.Status, JsonText.File(new RunStatus(RunState.Completed, Epochs, Epochs, begin, null)));
        CsvFile.Write(run.Metrics, Enumerable.Range(0, Epochs + 1).Select(epoch => Row(index, configuration, epoch)));
        CsvFile.Write(run.Timing, Enumerable.Range(1, Epochs).Select(epoch => new TimingRow { Epoch = epoch, TrainingSeconds = 0.4, EvaluationSeconds = 0.1 }));
    }

    private static MetricsRow Row(int run, int configuration, int epoch)
    {
        var random = new Philox((ulong)run, RandomStream.Noise, (uint)epoch);
        double accuracy = 0.1 + (0.7 + 0.0005 * configuration) * (1 - Math.Exp(-epoch / 3.0)) + 0.002 * random.Normal(0);
        return new MetricsRow
        {
            Epoch = epoch,
            Step = 938L * epoch,
            Lr = 0.1,
            RunningLoss = 1.1 - accuracy,
            RunningAccuracy = accuracy,
            TrainLoss = 1.05 - accuracy,
            TrainAccuracy = accuracy + 0.02,
            TestLoss = 1.1 - accuracy,
            TestAccuracy = accuracy,
            Digest = $"{run:x8}{epoch:x8}",
        };
    }
}
