using Trainer.Engines;
using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Losses;
using Trainer.Networks;
using Trainer.Regularizers;

namespace Trainer.GradientChecks.Faults;

/// <summary>A mistake that people make in a backward pass, to see that a check notices it.</summary>
/// <param name="Name">What is wrong.</param>
public sealed record GradientFault(string Name)
{
    private static readonly Func<TrainingSetup, bool> HasHidden = setup => setup.Shape.Layers.Count > 1;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<GradientFault> All { get; } =
    [
        new("activation derivative dropped") { Applies = HasHidden, Network = (mlp, rows) => new DerivativeDropped(mlp, rows) },
        new("1/B dropped: sum over the rows, not mean") { Network = (mlp, rows) => new MeanDropped(mlp, rows) },
        new("weights transposed in the input gradient") { Applies = HasHidden, Network = (mlp, rows) => new WeightsTransposed(mlp, rows) },
        new("sign of dz turned in a hidden layer") { Applies = HasHidden, Network = (mlp, rows) => new SignTurned(mlp, rows) },
        new("sign of dz turned at the output") { Network = (mlp, rows) => new OutputSignTurned(mlp, rows) },
        new("bias gradient dropped") { Network = (mlp, rows) => new BiasGradientDropped(mlp, rows) },
        new("last row left out of the weight gradient") { Network = (mlp, rows) => new LastRowDropped(mlp, rows) },
        new("label smoothing dropped")
        {
            Applies = setup => setup.Network.Loss is CrossEntropy { LabelSmoothing: > 0 },
            Network = (mlp, rows) => new SmoothingDropped(mlp, rows),
        },
        new("factor 2/O of the squared error dropped")
        {
            Applies = setup => setup.Network.Loss is MeanSquaredError,
            Network = (mlp, rows) => new SquareFactorDropped(mlp, rows),
        },
        new("batch norm: mean and variance taken for constants")
        {
            Applies = setup => setup.Network.BatchNorm is not null,
            Network = (mlp, rows) => new StatisticsConstant(mlp, rows),
        },
        new("batch norm: scale dropped")
        {
            Applies = setup => setup.Network.BatchNorm is not null,
            Network = (mlp, rows) => new ScaleDropped(mlp, rows),
        },
        new("dropout mask dropped") { Applies = setup => setup.Network.Dropout > 0, Network = (mlp, rows) => new MaskDropped(mlp, rows) },
        new("l1 penalty dropped") { Applies = setup => setup.Regularization.L1 > 0, Terms = terms => terms with { L1 = 0 } },
        new("l2 penalty dropped") { Applies = setup => setup.Regularization.L2 > 0, Terms = terms => terms with { L2 = 0 } },
    ];

    /// <summary>Whether there is such a thing in a training.</summary>
    public Func<TrainingSetup, bool> Applies { get; private init; } = _ => true;

    /// <summary>A network with the fault.</summary>
    internal Func<Mlp, int, NaiveNetwork<Binary64>> Network { get; private init; } = (mlp, rows) => new NaiveNetwork<Binary64>(mlp, rows);

    /// <summary>Penalties with the fault.</summary>
    internal Func<GradientTerms, GradientTerms> Terms { get; private init; } = terms => terms;
}
