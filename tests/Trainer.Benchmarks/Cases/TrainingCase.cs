using System.Text.Json.Serialization;
using Trainer.Activations;
using Trainer.Normalizations;
using Trainer.Optimizers;
using Trainer.Runs;

namespace Trainer.Benchmarks.Cases;

/// <summary>What every contestant is told to train, in words that all of them understand.</summary>
internal sealed record TrainingCase
{
    /// <summary>Width of each hidden layer.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [128, 64];

    /// <summary>relu or sigmoid.</summary>
    public string Activation { get; init; } = "relu";

    /// <summary>The update rule.</summary>
    public OptimizerCase Optimizer { get; init; } = OptimizerCase.Sgd;

    /// <summary>Probability that a hidden unit is left out.</summary>
    public double Dropout { get; init; }

    /// <summary>Whether hidden layers are normalised.</summary>
    public bool BatchNorm { get; init; }

    /// <summary>Rows in a step.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>The key of a contestant's own randomness.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The same as an experiment of ours.</summary>
    public Experiment ToExperiment() => new()
    {
        Name = "benchmark",
        Model = new Model
        {
            Hidden = Hidden,
            Activation = Activation == "sigmoid" ? new Sigmoid() : new Relu(),
            Normalization = BatchNorm ? new BatchNorm() : new NoNormalization(),
            Dropout = Dropout,
        },
        Optimizer = Optimizer.ToOptimizer(),
        BatchSize = BatchSize,
        Seed = Seed,
    };

    /// <summary>An update rule and its constants; what a rule does not know is not there.</summary>
    /// <param name="Name">sgd or adam.</param>
    /// <param name="Lr">Learning rate.</param>
    /// <param name="Momentum">Momentum of sgd.</param>
    /// <param name="Betas">Decays of adam.</param>
    /// <param name="Eps">Added to adam's denominator.</param>
    internal sealed record OptimizerCase(
        string Name,
        double Lr,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Momentum = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<double>? Betas = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Eps = null)
    {
        /// <summary>Plain gradient descent.</summary>
        public static OptimizerCase Sgd { get; } = new("sgd", 0.1);

        /// <summary>With momentum.</summary>
        public static OptimizerCase WithMomentum { get; } = new("sgd", 0.1, Momentum: 0.9);

        /// <summary>Adam with everybody's usual constants.</summary>
        public static OptimizerCase Adam { get; } = new("adam", 1e-3, Betas: [0.9, 0.999], Eps: 1e-8);

        /// <summary>The same as a rule of ours.</summary>
        public Optimizer ToOptimizer() => Name == "adam"
            ? new Adam { Lr = Lr, Betas = Betas ?? [0.9, 0.999], Eps = Eps ?? 1e-8 }
            : new Sgd { Lr = Lr, Momentum = Momentum ?? 0 };
    }
}
