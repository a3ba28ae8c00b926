using System.ComponentModel;
using Trainer.Configuration;
using Trainer.Networks;
using Trainer.Randomness;

namespace Trainer.Initializers;

/// <summary>
/// W with orthogonal columns of length <see cref="Gain"/> where the layer has no fewer outputs than inputs (WᵀW = gain²·I),
/// with such rows otherwise (WWᵀ = gain²·I); b = 0.
/// </summary>
/// <remarks>Saxe, McClelland, Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks"
/// (ICLR 2014). As PyTorch's <c>orthogonal_</c>: the Q of a normal matrix's QR decomposition, of its transpose where there are
/// more inputs than outputs, with the signs that make R's diagonal positive. Computed in binary64, rounded once.</remarks>
[ConfigName("orthogonal")]
[Description("orthogonal rows or columns of length gain, whichever are fewer; biases 0")]
public sealed record Orthogonal : Initializer
{
    /// <summary>Length of each row or column.</summary>
    [Bounds(Binary32Range.Smallest, Binary32Range.Largest)]
    [Description("length of each of the orthogonal rows or columns")]
    public double Gain { get; init => field = Guard.InBounds<Orthogonal>(value); } = 1;

    /// <inheritdoc/>
    protected override void FillWeights(DenseLayer layer, Philox random, Span<float> destination)
    {
        // A tall matrix, rows x columns, row-major: W itself, or its transpose where W is wide.
        bool isWide = layer.Outputs < layer.Inputs;
        int columns = Math.Min(layer.Outputs, layer.Inputs);
        double[] tall = new double[destination.Length];
        for (int k = 0; k < destination.Length; k++)
        {
            tall[Place(k)] = random.Normal((ulong)k);
        }
        Orthonormal.Columns(tall, columns);
        for (int k = 0; k < destination.Length; k++)
        {
            destination[k] = (float)(Gain * tall[Place(k)]);
        }

        int Place(int k) => isWide ? k % layer.Inputs * columns + k / layer.Inputs : k;
    }
}
