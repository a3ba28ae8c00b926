namespace Trainer.Networks;

/// <summary>
/// The layer sizes of a multi-layer perceptron, and with them the layout of all its parameters in one flat vector:
/// W₀, b₀, W₁, b₁, … – the order of PyTorch's <c>Sequential.parameters()</c>. With batch normalisation behind the hidden
/// layers W₀, b₀, γ₀, β₀, W₁, ….
/// </summary>
public sealed class MlpShape
{
    /// <summary>Most parameters of a network: 2 GB of them, as far as one array of bytes reaches, less what engines pad.</summary>
    public const int MostParameters = 500_000_000;

    /// <summary>The shape with these sizes: input, hidden layers, output; at least two numbers, each at least 1.</summary>
    /// <exception cref="ArgumentException">Too few sizes, one below 1, or more parameters than an array can hold.</exception>
    public MlpShape(params IReadOnlyList<int> sizes)
        : this(sizes, isNormalized: false)
    {
    }

    /// <summary>The shape with these sizes, and perhaps with a batch normalisation behind every hidden layer.</summary>
    /// <exception cref="ArgumentException">Too few sizes, one below 1, or more parameters than an array can hold.</exception>
    public MlpShape(IReadOnlyList<int> sizes, bool isNormalized)
    {
        if (sizes.Count < 2 || sizes.Any(size => size < 1))
        {
            throw new ArgumentException($"a network needs an input and an output of at least 1, not {string.Join("-", sizes)}");
        }
        Sizes = [.. sizes];
        var layers = new DenseLayer[sizes.Count - 1];
        long offset = 0;
        int statistics = 0;
        for (int l = 0; l < layers.Length; l++)
        {
            bool normalized = isNormalized && l < layers.Length - 1;
            long next = offset + ((long)sizes[l] + (normalized ? 3 : 1)) * sizes[l + 1];
            if (next > MostParameters)
            {
                throw new ArgumentException($"{this} has more than {MostParameters} parameters");
            }
            layers[l] = new DenseLayer(l, sizes[l], sizes[l + 1], (int)offset, normalized, statistics);
            offset = next;
            statistics += normalized ? 2 * sizes[l + 1] : 0;
        }
        Layers = layers;
        ParameterCount = (int)offset;
        StatisticsCount = statistics;
    }

    /// <summary>Input, hidden layers, output.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>The layers, from the input on.</summary>
    public IReadOnlyList<DenseLayer> Layers { get; }

    /// <summary>Length of the flat parameter vector.</summary>
    public int ParameterCount { get; }

    /// <summary>Length of the vector of all batch normalisations' means and variances.</summary>
    public int StatisticsCount { get; }

    /// <summary>Length of the vector of all that a trained network consists of: its parameters, then its statistics.</summary>
    public int StoredCount => ParameterCount + StatisticsCount;

    /// <summary>All tensors of parameters, in the order of the flat vector.</summary>
    public IEnumerable<ParameterGroup> Groups => Layers.SelectMany(layer => layer.Groups);

    /// <summary>Number of inputs of the network.</summary>
    public int Inputs => Sizes[0];

    /// <summary>Number of classes.</summary>
    public int Outputs => Sizes[^1];

    /// <summary>"784-128-64-10".</summary>
    public override string ToString() => string.Join('-', Sizes);
}
