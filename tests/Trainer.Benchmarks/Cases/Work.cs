namespace Trainer.Benchmarks.Cases;

/// <summary>
/// How much arithmetic a network takes: two operations for each fused multiply-add of the matrix products, at their true sizes.
/// Biases, activations, softmax and updates, a few percent, are left out, so the share of the peak is on the low side.
/// </summary>
internal static class Work
{
    private const double PerFma = 2;

    /// <summary>Forward, the gradient of every weight, and that of every input but the images.</summary>
    /// <param name="sizes">Input, hidden layers, output.</param>
    /// <param name="rows">Rows that are trained on.</param>
    public static double Training(IReadOnlyList<int> sizes, long rows) =>
        PerFma * rows * (3 * Products(sizes) - (double)sizes[0] * sizes[1]);

    /// <summary>Forward alone.</summary>
    /// <param name="sizes">Input, hidden layers, output.</param>
    /// <param name="rows">Rows that are measured.</param>
    public static double Evaluation(IReadOnlyList<int> sizes, long rows) => PerFma * rows * Products(sizes);

    private static double Products(IReadOnlyList<int> sizes) =>
        sizes.Zip(sizes.Skip(1), (inputs, outputs) => (double)inputs * outputs).Sum();
}
