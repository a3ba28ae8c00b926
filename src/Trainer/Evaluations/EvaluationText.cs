using System.Globalization;
using Trainer.Results;
using Trainer.Terminal;

namespace Trainer.Evaluations;

/// <summary>What headlines say of a measurement: the run, the data set, the split, the weights.</summary>
internal static class EvaluationText
{
    /// <summary>"relu on fashion-mnist, seed 1".</summary>
    public static string Title(TrainedRun run) =>
        FormattableString.Invariant($"{run.Experiment.Name} on {run.Data.Name}, seed {run.Experiment.Seed}");

    /// <summary>"relu on fashion-mnist, seed 1: test".</summary>
    public static string Title(SplitMeasurement measured) => $"{Title(measured.Run)}: {measured.SplitText}";

    /// <summary>"128-64 relu, sgd lr 0.1, batch 64, weights of epoch 20. 10000 images, accuracy 87.20%, loss 0.3601".</summary>
    public static string Subtitle(SplitMeasurement measured) => FormattableString.Invariant(
        $"{ExperimentText.Of(measured.Run.Experiment)}, {Weights(measured.Run)}. {measured.Rows.Count} images, accuracy {Percent(measured.Total.Accuracy, digits: 2)}, loss {EpochTable.Loss(measured.Total.Loss)}");

    /// <summary>"weights of epoch 20", and whether they are the best by validation.</summary>
    public static string Weights(TrainedRun run)
    {
        string epoch = run.Epoch is { } number ? FormattableString.Invariant($"weights of epoch {number}") : "weights of the last epoch";
        return run.Checkpoint == CheckpointName.Best ? $"{epoch}, the best by validation" : epoch;
    }

    /// <summary>A part in percent, "-" where there is none; "100" only where it is all.</summary>
    public static string Percent(double? share, int digits)
    {
        if (share is not { } value)
        {
            return "-";
        }
        double rounded = Math.Round(100 * value, digits);
        double shown = rounded == 100 && value < 1 ? 100 - Math.Pow(10, -digits) : rounded;
        return shown.ToString(digits == 1 ? "0.0" : "0.00", CultureInfo.InvariantCulture) + "%";
    }
}
