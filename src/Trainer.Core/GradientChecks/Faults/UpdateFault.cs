using Trainer.Optimizers;

namespace Trainer.GradientChecks.Faults;

/// <summary>A mistake that people make in an update rule.</summary>
/// <param name="Name">What is wrong.</param>
internal sealed record UpdateFault(string Name)
{
    /// <summary>None.</summary>
    public static UpdateFault None { get; } = new("none");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<UpdateFault> All { get; } =
    [
        new("update: sign turned, uphill") { Scalars = (scalars, _) => scalars with { Rate = -scalars.Rate } },
        new("momentum: dropped") { Applies = optimizer => optimizer is Sgd { Momentum: > 0 }, Forgets = true },
        new("momentum: Nesterov's look-ahead dropped")
        {
            Applies = optimizer => optimizer is Sgd { Nesterov: true },
            Change = optimizer => (Sgd)optimizer with { Nesterov = false },
        },
        new("adam: bias correction dropped")
        {
            Applies = optimizer => optimizer is Adam { BiasCorrection: true },
            Scalars = (_, lr) => new StepScalars((float)lr),
        },
        new("adam: averages dropped") { Applies = optimizer => optimizer is Adam, Forgets = true },
    ];

    /// <summary>Whether there is such a thing in a rule.</summary>
    public Func<Optimizer, bool> Applies { get; private init; } = _ => true;

    /// <summary>What becomes of a step's shared numbers, with the learning rate.</summary>
    public Func<StepScalars, double, StepScalars> Scalars { get; private init; } = (scalars, _) => scalars;

    /// <summary>What becomes of the constants.</summary>
    public Func<Optimizer, Optimizer> Change { get; private init; } = optimizer => optimizer;

    /// <summary>Whether the rule forgets its state after each step.</summary>
    public bool Forgets { get; private init; }
}
