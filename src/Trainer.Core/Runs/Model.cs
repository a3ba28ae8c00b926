using System.ComponentModel;
using Trainer.Activations;
using Trainer.Configuration;
using Trainer.Initializers;
using Trainer.Losses;
using Trainer.Networks;
using Trainer.Normalizations;

namespace Trainer.Runs;

/// <summary>The network of an experiment: 28·28 inputs, these hidden layers, 10 outputs under a softmax.</summary>
[Description("a multi-layer perceptron: 784 inputs, the hidden layers, 10 outputs under a softmax")]
public sealed record Model : IValidated
{
    /// <summary>Most hidden layers.</summary>
    public const int MostLayers = 1000;

    /// <summary>Width of each hidden layer, from the input on; none makes a linear classifier.</summary>
    [Bounds(1, 65536)]
    [Description("width of each hidden layer; [] makes a linear classifier")]
    public required IReadOnlyList<int> Hidden { get; init => field = CheckDepth(Guard.InBounds<Model, int>(value)); }

    /// <summary>f behind each hidden layer.</summary>
    [Description("the non-linearity behind each hidden layer")]
    public Activation Activation { get; init; } = new Relu();

    /// <summary>f behind each hidden layer, where they are not all the same.</summary>
    [AddedLater]
    [Description("an activation for each hidden layer, as [tanh, relu], in the place of activation, which is then not looked at")]
    public IReadOnlyList<Activation>? Activations { get; init; }

    /// <summary>What stands between a hidden layer and its activation.</summary>
    [AddedLater]
    [Description("what stands between a hidden layer and its activation")]
    public Normalization Normalization { get; init; } = new NoNormalization();

    /// <summary>p, the probability that a hidden unit is left out of a row in a training step.</summary>
    [AddedLater]
    [Bounds(0, Binary32Range.BelowOne)]
    [Description("probability that a hidden unit is left out of a row while training; the others are scaled by 1/(1 - p)")]
    public double Dropout { get; init => field = Guard.InBounds<Model>(value); }

    /// <summary>How weights and biases start.</summary>
    [Description("how weights and biases start")]
    public Initializer Init { get; init; } = new PytorchDefault();

    /// <summary>The network on images of <paramref name="inputs"/> pixels and so many classes.</summary>
    /// <exception cref="ArgumentException">It has more parameters than an array can hold.</exception>
    public Mlp Network(int inputs, int classes, Loss loss)
    {
        var batchNorm = Normalization as BatchNorm;
        var shape = new MlpShape([inputs, .. Hidden, classes], batchNorm is not null);
        return new Mlp(shape, Activations ?? [.. Enumerable.Repeat(Activation, Hidden.Count)])
        {
            Loss = loss,
            BatchNorm = batchNorm,
            Dropout = Dropout,
        };
    }

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Problem)> Problems()
    {
        if (Activations is { } activations && activations.Count != Hidden.Count)
        {
            yield return ("activations", $"{activations.Count} activations for {Hidden.Count} hidden layers; give one for each");
        }
        if (Hidden.Count == 0 && Dropout > 0)
        {
            yield return ("dropout", "leaves out hidden units, and there are none; give hidden a layer");
        }
        if (Hidden.Count == 0 && Normalization is not NoNormalization)
        {
            yield return ("normalization", "stands behind hidden layers, and there are none; give hidden a layer");
        }
    }

    private static IReadOnlyList<int> CheckDepth(IReadOnlyList<int> hidden) => hidden.Count <= MostLayers
        ? hidden
        : throw new ArgumentException($"at most {MostLayers} hidden layers, not {hidden.Count}");
}
