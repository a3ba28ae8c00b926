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
            $"{hidden}{activation}, {Of(experiment.Optimizer)}{Of(experiment.Schedule)}, {Batch(experiment)}");
    }

    /// <summary>", cosine schedule after warm-up"; nothing for a rate that never changes.</summary>
    private static string Of(Schedule schedule)
    {
        string name = Registry.NameOf(schedule.GetType());
        return schedule.Warmup is not null ? $", {name} schedule after warm-up" : schedule is ConstantRate ? "" : $", {name} schedule";
    }

    private static string Batch(Experiment experiment) => experiment.Optimizer is LineSearch
        ? "all rows"
        : FormattableString.Invariant($"batch {experiment.BatchSize}");

    private static string Of(DescentMethod method)
    {
        if (method is LineSearch search)
        {
            return FormattableString.Invariant($"line search alpha {search.Alpha} beta {search.Beta} t0 {search.T0}");
        }
        Optimizer optimizer = method.ForEngine();
        string momentum = optimizer is Sgd { Momentum: > 0 } sgd
            ? FormattableString.Invariant($" {(sgd.Nesterov ? "nesterov" : "momentum")} {sgd.Momentum}")
            : "";
        return FormattableString.Invariant($"{Registry.NameOf(optimizer.GetType())} lr {optimizer.Lr}{momentum}");
    }
}
