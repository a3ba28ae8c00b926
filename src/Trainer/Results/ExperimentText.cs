using Trainer.Activations;
using Trainer.Configuration;
using Trainer.Initializers;
using Trainer.Losses;
using Trainer.Normalizations;
using Trainer.Optimizers;
using Trainer.Regularizers;
using Trainer.Runs;
using Trainer.Schedules;
using Trainer.Yaml;

namespace Trainer.Results;

/// <summary>An experiment in a few words, for headlines.</summary>
internal static class ExperimentText
{
    /// <summary>"128-64 relu, sgd lr 0.1 momentum 0.9, cosine schedule, batch 64".</summary>
    public static string Of(Experiment experiment)
    {
        string hidden = experiment.Model.Hidden.Count == 0 ? "no hidden layer" : string.Join('-', experiment.Model.Hidden);
        return FormattableString.Invariant(
            $"{hidden}{Activations(experiment.Model)}, {Of(experiment.Optimizer)}{Of(experiment.Schedule)}, {Batch(experiment)}{Extras(experiment)}");
    }

    private static string Activations(Model model)
    {
        IEnumerable<Activation> activations = model.Activations ?? model.Hidden.Take(1).Select(_ => model.Activation);
        string names = string.Join('-', activations.Select(activation => Registry.NameOf(activation.GetType())));
        return names.Length == 0 ? "" : " " + names;
    }

    /// <summary>", batch norm, dropout 0.5": what there is beside network, update rule and batches.</summary>
    private static string Extras(Experiment experiment)
    {
        (Model model, Regularization regularization) = (experiment.Model, experiment.Regularization);
        (bool IsThere, FormattableString Text)[] extras =
        [
            (model.Init is not PytorchDefault, $"init {FlowText.Of(ValueShape.Of(typeof(Initializer), false), model.Init)}"),
            (experiment.Loss is MeanSquaredError, $"mse"),
            (experiment.Loss is CrossEntropy { LabelSmoothing: > 0 }, $"label smoothing {(experiment.Loss as CrossEntropy)?.LabelSmoothing}"),
            (model.Normalization is BatchNorm, $"batch norm"),
            (model.Dropout > 0, $"dropout {model.Dropout}"),
            (regularization.L1 > 0, $"l1 {regularization.L1}"),
            (regularization.L2 > 0, $"l2 {regularization.L2}"),
            (regularization.WeightDecay > 0, $"weight decay {regularization.WeightDecay}"),
            (regularization.MaxNorm is not null, $"max-norm {regularization.MaxNorm}"),
            (experiment.Clipping?.Norm is not null, $"clipped to norm {experiment.Clipping?.Norm}"),
            (experiment.Clipping?.Value is not null, $"clipped at {experiment.Clipping?.Value}"),
            (experiment.Ema is not null, $"average {experiment.Ema?.Decay}"),
            (experiment.Augmentation is not null, $"augmentation"),
            (experiment.InputNoise is not null, $"input noise {experiment.InputNoise?.Std}"),
            (experiment.EarlyStopping is not null, $"early stopping {experiment.EarlyStopping?.Patience}"),
        ];
        return string.Concat(extras.Where(extra => extra.IsThere).Select(extra => ", " + FormattableString.Invariant(extra.Text)));
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
        string momentum = optimizer switch
        {
            Sgd { Momentum: > 0 } sgd => FormattableString.Invariant($" {(sgd.Nesterov ? "nesterov" : "momentum")} {sgd.Momentum}"),
            RmsProp { Momentum: > 0 } rmsprop => FormattableString.Invariant($" momentum {rmsprop.Momentum}"),
            _ => "",
        };
        string correction = optimizer is Adam { BiasCorrection: false } ? " without bias correction" : "";
        return FormattableString.Invariant($"{Registry.NameOf(optimizer.GetType())} lr {optimizer.Lr}{momentum}{correction}");
    }
}
