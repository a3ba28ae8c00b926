using Trainer.Configuration;
using Trainer.Optimizers;
using Trainer.Runs;
using Trainer.Schedules;

namespace Trainer.Results;

/// <summary>An experiment in a few words, for headlines.</summary>
internal static class ExperimentText
{
    /// <summary>"128-64 relu, sgd lr 0.1 momentum 0.9, cosine schedule, batch 64".</summary>
    public static string Of(Experiment experiment)
    {
        string hidden = experiment.Model.Hidden.Count == 0 ? "no hidden layer" : string.Join('-', experiment.Model.Hidden);
        string activation = experiment.Model.Hidden.Count == 0 ? "" : " " + Registry.NameOf(experiment.Model.Activation.GetType());
        return FormattableString.Invariant(
            $"{hidden}{activation}, {Of(experiment.Optimizer)}{Of(experiment.Schedule)}, batch {experiment.BatchSize}");
    }

    /// <summary>", cosine schedule after warm-up"; nothing for a rate that never changes.</summary>
    private static string Of(Schedule schedule)
    {
        string name = Registry.NameOf(schedule.GetType());
        return schedule.Warmup is not null ? $", {name} schedule after warm-up" : schedule is ConstantRate ? "" : $", {name} schedule";
    }

    private static string Of(Optimizer optimizer)
    {
        string momentum = optimizer switch
        {
            Sgd { Momentum: > 0 } sgd => FormattableString.Invariant($" {(sgd.Nesterov ? "nesterov" : "momentum")} {sgd.Momentum}"),
            RmsProp { Momentum: > 0 } rmsprop => FormattableString.Invariant($" momentum {rmsprop.Momentum}"),
            _ => "",
        };
        return FormattableString.Invariant($"{Registry.NameOf(optimizer.GetType())} lr {optimizer.Lr}{momentum}");
    }
}
