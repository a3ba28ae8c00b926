using Trainer.Benchmarks.Cases;

namespace Trainer.Benchmarks.Gpu;

/// <summary>What an epoch of a case asks of a device, whatever the device.</summary>
/// <param name="Operations">Floating-point operations of the matrix products.</param>
/// <param name="Bytes">Bytes that the kernels read and write, each array once for every kernel that touches it, if each product has its own.</param>
/// <param name="Links">Fused multiply-adds that have to be made one behind the other.</param>
internal sealed record EpochWork(double Operations, double Bytes, double Links)
{
    private const int Number = 4;

    // Rows' images and what is told of them: which image, its loss, its prediction.
    private const int Told = 3 * Number;

    /// <summary>The work of an epoch.</summary>
    /// <param name="sizes">Input, hidden layers, output.</param>
    /// <param name="rows">Rows of the epoch.</param>
    /// <param name="batch">Rows of a step.</param>
    /// <param name="states">State vectors of the optimizer.</param>
    public static EpochWork OfEpoch(IReadOnlyList<int> sizes, long rows, int batch, int states)
    {
        long steps = (rows + batch - 1) / batch;
        return new EpochWork(
            Work.Training(sizes, rows),
            rows * BytesOfRow(sizes) + steps * BytesOfStep(sizes, states),
            steps * LinksOfStep(sizes) + rows);
    }

    /// <summary>
    /// A sum is one chain in this program's contract, whatever the hardware: forward a layer's inputs one behind the other and the softmax
    /// its classes, backward a layer's outputs. The weights' gradients add a link for each row.
    /// </summary>
    private static double LinksOfStep(IReadOnlyList<int> sizes) => sizes.Sum() + sizes.Skip(2).Sum();

    private static double BytesOfRow(IReadOnlyList<int> sizes)
    {
        double hidden = sizes.Skip(1).SkipLast(1).Sum(), all = sizes.Skip(1).Sum();
        // Pixels as bytes; as numbers they are written once and read by the forward pass and the gradient.
        double images = sizes[0] * (1.0 + 3 * Number) + Told;
        // z and a written; the next layer and the gradient read a; the softmax reads z and writes a and dz.
        double forward = Number * (2 * all + 2 * hidden + 3 * sizes[^1]);
        // z and a read and dz written, with dz of the layer behind read; the gradient reads all dz.
        double backward = Number * (3 * hidden + sizes.Skip(2).Sum() + all);
        return images + forward + backward;
    }

    private static double BytesOfStep(IReadOnlyList<int> sizes, int states)
    {
        double[] weights = [.. sizes.Zip(sizes.Skip(1), (inputs, outputs) => (inputs + 1.0) * outputs)];
        // Read forward; read backward but for the first layer's; read and written by the update, as every state.
        return Number * (weights.Sum() + weights.Skip(1).Sum() + 2 * (1 + states) * weights.Sum());
    }
}
