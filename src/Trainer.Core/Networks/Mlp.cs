using Trainer.Activations;
using Trainer.Losses;
using Trainer.Normalizations;

namespace Trainer.Networks;

/// <summary>A multi-layer perceptron, whole: what it computes, forward and backward.</summary>
/// <param name="Shape">Layer sizes; normalised just if <see cref="BatchNorm"/> is there.</param>
/// <param name="Activations">f behind each hidden layer; the output layer has none.</param>
public sealed record Mlp(MlpShape Shape, IReadOnlyList<Activation> Activations)
{
    /// <summary>The network with the same activation behind every hidden layer.</summary>
    public Mlp(MlpShape shape, Activation activation)
        : this(shape, [.. Enumerable.Repeat(activation, shape.Layers.Count - 1)])
    {
    }

    /// <summary>What is behind the outputs.</summary>
    public Loss Loss { get; init; } = new CrossEntropy();

    /// <summary>The normalisation behind every hidden layer; null for none.</summary>
    public BatchNorm? BatchNorm { get; init; }

    /// <summary>p, the probability that a hidden unit is left out of a row in a training step.</summary>
    public double Dropout { get; init; }

    /// <summary>This network, after checking that its parts fit one another.</summary>
    /// <exception cref="ArgumentException">They do not; the message says how.</exception>
    public Mlp Checked()
    {
        int hidden = Shape.Layers.Count - 1;
        if (Activations.Count != hidden)
        {
            throw new ArgumentException($"{Shape} has {hidden} hidden layers, but {Activations.Count} activations are given");
        }
        if (hidden > 0 && Shape.Layers[0].IsNormalized != BatchNorm is not null)
        {
            throw new ArgumentException("a shape has room for a batch normalisation just if there is one");
        }
        if (Dropout is not (>= 0 and < 1))
        {
            throw new ArgumentException($"a probability of dropout is at least 0 and less than 1, not {Dropout}");
        }
        return this;
    }
}
