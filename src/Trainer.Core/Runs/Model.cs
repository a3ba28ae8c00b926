using System.ComponentModel;
using Trainer.Activations;
using Trainer.Configuration;
using Trainer.Initializers;

namespace Trainer.Runs;

/// <summary>The network of an experiment: 28·28 inputs, these hidden layers, 10 outputs under a softmax.</summary>
[Description("a multi-layer perceptron: 784 inputs, the hidden layers, 10 outputs under a softmax")]
public sealed record Model
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

    /// <summary>How weights and biases start.</summary>
    [Description("how weights and biases start")]
    public Initializer Init { get; init; } = new PytorchDefault();

    private static IReadOnlyList<int> CheckDepth(IReadOnlyList<int> hidden) => hidden.Count <= MostLayers
        ? hidden
        : throw new ArgumentException($"at most {MostLayers} hidden layers, not {hidden.Count}");
}
