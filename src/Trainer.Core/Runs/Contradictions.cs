using Trainer.Losses;
using Trainer.Normalizations;
using Trainer.Optimizers;
using Trainer.Regularizers;
using Trainer.Schedules;

namespace Trainer.Runs;

/// <summary>Parts of an experiment that make no sense together, and why.</summary>
internal static class Contradictions
{
    // Half of the distance from 1 to the next smaller number: w - decay w rounds to w.
    private const double SmallestDecay = 1.0 / (1 << 25);

    /// <summary>The keys that are to blame, with the reason, worst first.</summary>
    public static IEnumerable<(string Key, string Problem)> Of(Experiment experiment) =>
    [
        .. OfSchedule(experiment), .. OfEarlyStopping(experiment), .. OfPatience(experiment), .. OfBatches(experiment), .. OfNormalization(experiment),
        .. OfLineSearch(experiment), .. OfWeightDecay(experiment),
    ];

    private static IEnumerable<(string Key, string Problem)> OfSchedule(Experiment experiment)
    {
        if (experiment.Optimizer is not LineSearch)
        {
            var run = new ScheduledRun(
                experiment.Optimizer.ForEngine().Lr, experiment.Epochs, experiment.Data.Validation > 0, experiment.EvaluateTrain);
            return experiment.Schedule.Problems(run).Select(found => ($"schedule.{found.Key}", found.Problem));
        }
        return experiment.Schedule is ConstantRate { Warmup: null }
            ? []
            : [("schedule", "line_search finds the size of every step by itself, so there is no rate to schedule; remove this key")];
    }

    private static IEnumerable<(string Key, string Problem)> OfEarlyStopping(Experiment experiment) =>
        experiment.EarlyStopping is null || experiment.Data.Validation > 0
            ? []
            : [("early_stopping", "there is no validation split to stop by; set data.validation, e.g. 5000 (never the test split: a run that stopped where that looks best would report a number chosen by it)")];

    private static IEnumerable<(string Key, string Problem)> OfPatience(Experiment experiment) =>
        experiment is { EarlyStopping: { } stopping, Schedule: ReduceOnPlateau plateau }
            && stopping.Monitor.ToString() == plateau.Monitor.ToString() && stopping.Patience <= plateau.Patience
            ? [("early_stopping.patience", $"{stopping.Patience} epochs end the run before reduce_on_plateau, which bears {plateau.Patience}, has lowered the rate once; choose more than {plateau.Patience}, or a smaller schedule.patience")]
            : [];

    private static IEnumerable<(string Key, string Problem)> OfBatches(Experiment experiment) =>
        experiment.MicroBatch > experiment.BatchSize
            ? [("micro_batch", $"is a part of a batch: at most batch_size, which is {experiment.BatchSize}")]
            : [];

    private static IEnumerable<(string Key, string Problem)> OfNormalization(Experiment experiment)
    {
        if (experiment.Model.Normalization is not BatchNorm)
        {
            yield break;
        }
        if (experiment.BatchSize == 1)
        {
            yield return ("batch_size", "batch normalisation needs more than one row in a batch: of one row the variance is 0; choose 2 or more");
        }
        if (experiment.MicroBatch is not null)
        {
            yield return ("micro_batch", "batch normalisation needs all rows of a batch at once; remove micro_batch, or choose a smaller batch_size");
        }
        if (experiment.Ema is not null)
        {
            yield return ("ema", "the running statistics of a batch normalisation are those of the weights, not of their average; use one of the two");
        }
    }

    private static IEnumerable<(string Key, string Problem)> OfWeightDecay(Experiment experiment)
    {
        if (experiment.Optimizer is not Optimizer optimizer || experiment.Regularization.WeightDecay == 0)
        {
            yield break;
        }
        double decay = optimizer.Lr * experiment.Regularization.WeightDecay;
        if (optimizer is AdamW { WeightDecay: > 0 } or Lion { WeightDecay: > 0 })
        {
            yield return ("regularization.weight_decay", "and optimizer.weight_decay are the same decay twice; keep one of them");
        }
        else if (decay >= 1)
        {
            yield return ("regularization.weight_decay", FormattableString.Invariant($"times optimizer.lr is {decay:g3}: a step would take more than the weight itself; choose less than {1 / optimizer.Lr:g3}"));
        }
        else if (decay < SmallestDecay)
        {
            yield return ("regularization.weight_decay", FormattableString.Invariant($"times optimizer.lr is {decay:g3}: below {SmallestDecay:g2} it is lost in the rounding of binary32; choose at least {SmallestDecay / optimizer.Lr:g3}, or 0"));
        }
    }

    /// <summary>A line search compares one function at several points: what changes it from one look to the next, or is no
    /// part of what is measured, leads it astray.</summary>
    private static IEnumerable<(string Key, string Problem)> OfLineSearch(Experiment experiment)
    {
        if (experiment.Optimizer is not LineSearch)
        {
            return [];
        }
        (string Key, bool IsThere, string Problem)[] looks =
        [
            ("model.dropout", experiment.Model.Dropout > 0, "the loss would be another one with every mask"),
            ("model.normalization", experiment.Model.Normalization is BatchNorm,
                "the loss that is compared goes by running statistics, the gradient by the batch's"),
            ("loss.label_smoothing", experiment.Loss is CrossEntropy { LabelSmoothing: > 0 }, "the loss that is compared is measured without it"),
            ("regularization", experiment.Regularization != new Regularization(), "the loss that is compared is that of the data alone"),
            ("clipping", experiment.Clipping is not null, "how far to go is found by the search itself"),
            ("ema", experiment.Ema is not null, "each step is the best along its direction, and an average is none"),
            ("micro_batch", experiment.MicroBatch is not null, "all rows pass together"),
            ("augmentation", experiment.Augmentation is not null, "the loss would be another one with every distortion"),
            ("input_noise", experiment.InputNoise is not null, "the loss would be another one with every draw"),
        ];
        return looks.Where(look => look.IsThere)
            .Select(look => (look.Key, $"makes no sense with optimizer line_search: {look.Problem}; remove it, or choose another optimizer"));
    }
}
