using Trainer.Normalizations;
using Trainer.Optimizers;
using Trainer.Schedules;

namespace Trainer.Doctor;

/// <summary>Remedies that several rules name, written for the keys that a run has: each gives one, or none where it would do
/// nothing or undo what is there. What the configuration would refuse is left to <see cref="RemedyTrial"/>.</summary>
internal static class Remedies
{
    // With lr·λ = 1e-5 weights lose a third in 40,000 steps, 43 epochs of Fashion-MNIST in batches of 64.
    private const double DecayOfAStep = 1e-5;
    private const double Dropped = 0.2;
    private const double LongestGradient = 1;
    private const int FewUnits = 32;

    /// <summary>The rate, times <paramref name="factor"/>.</summary>
    public static Remedy[] Rate(RecordedRun run, double factor, string why) =>
        run.HasRate ? [new($"{RateKey(run)}={Figures.Setting(run.Lr * factor)}", why)] : [];

    /// <summary>A rate that rises in the first epoch.</summary>
    public static Remedy[] Warmup(RecordedRun run, string why) => run.Experiment.Schedule switch
    {
        // One cycle begins with a rise of its own.
        { Warmup: not null } or OneCycle => [],
        ConstantRate => [new("schedule={name: constant, warmup: {epochs: 1}}", why)],
        _ => [new("schedule.warmup.epochs=1", why)],
    };

    /// <summary>A rate that falls.</summary>
    public static Remedy[] FallingRate(RecordedRun run, string why) => run.Experiment.Schedule switch
    {
        ConstantRate { Warmup: null } => [new("schedule=cosine", why)],
        ConstantRate => [new("schedule.name=cosine", why)],
        _ => [],
    };

    /// <summary>Adam, in place of plain gradient descent.</summary>
    public static Remedy[] Adam(RecordedRun run, string why) =>
        run.Experiment.Optimizer is Sgd && run.Experiment.Schedule is not OneCycle { MaxLr: not null } ? [new("optimizer={name: adam, lr: 0.001}", why)] : [];

    /// <summary>Another activation behind all hidden layers.</summary>
    public static Remedy[] Activation(RecordedRun run, string name, string why) =>
        run.Experiment.Model.Activations is { } activations
            ? [new($"model.activations=[{string.Join(", ", Enumerable.Repeat(name, activations.Count))}]", why)]
            : [new($"model.activation={name}", why)];

    /// <summary>A batch normalisation.</summary>
    public static Remedy[] BatchNorm(RecordedRun run, string why) =>
        run.Experiment.Model.Normalization is NoNormalization ? [new("model.normalization=batch_norm", why)] : [];

    /// <summary>Weights that decay by <see cref="DecayOfAStep"/> in a step.</summary>
    public static Remedy[] WeightDecay(RecordedRun run)
    {
        double decay = DecayOfAStep / run.Lr;
        return run.HasRate && run.Experiment.Optimizer is not (AdamW or Lion) && run.Experiment.Regularization.WeightDecay < decay
            ? [new($"regularization.weight_decay={Figures.Setting(decay)}", $"keeps weights small: each step takes {Figures.Number(DecayOfAStep)} of them, the rate times this")]
            : [];
    }

    /// <summary>Dropout, where there is less.</summary>
    public static Remedy[] Dropout(RecordedRun run, string why) =>
        run.Experiment.Model.Dropout < Dropped ? [new($"model.dropout={Figures.Setting(Dropped)}", why)] : [];

    /// <summary>A bound on the gradient, where there is none or a longer one.</summary>
    public static Remedy[] Clipping(RecordedRun run, string why) =>
        run.Experiment.Clipping?.Norm is not <= LongestGradient ? [new($"clipping.norm={Figures.Setting(LongestGradient)}", why)] : [];

    /// <summary>One narrow layer, where there is more.</summary>
    public static Remedy[] Narrow(RecordedRun run, string why) =>
        run.Experiment.Model.Hidden.Sum() > FewUnits ? [new($"model.hidden=[{FewUnits}]", why)] : [];

    private static string RateKey(RecordedRun run) =>
        run.Experiment.Schedule is OneCycle { MaxLr: not null } ? "schedule.max_lr" : "optimizer.lr";
}
