using Trainer.Engines.Gpu.Drivers;
using Trainer.Engines.Gpu.Kernels;
using Trainer.Networks;

namespace Trainer.Engines.Gpu;

/// <summary>
/// The launch that takes rows through all layers behind the first and back. A step of a small network is then three launches
/// instead of two for each layer and one: forward through the first layer, this, and the update.
/// </summary>
internal static class RowsPass
{
    private static readonly int Weights = KernelSource.Number("ROWS_WEIGHTS");
    private static readonly int Numbers = KernelSource.Number("ROWS_NUMBERS");

    /// <summary>Rows of a group.</summary>
    public static int Rows { get; } = KernelSource.Number("ROWS_TOGETHER");

    /// <summary>Threads of a group.</summary>
    public static int Threads { get; } = KernelSource.Number("ROWS_THREADS");

    /// <summary>Whether a group's rows and the weights of any one layer fit into its local memory.</summary>
    public static bool Fits(MlpShape shape, IGpuQueue queue) =>
        shape.Layers.Count > 1
        && queue.LocalMemory >= (Weights + Numbers + Rows) * sizeof(float)
        && ((2L * shape.Units()) + 1) * Rows <= Numbers
        && shape.Layers.Skip(1).All(layer => (long)layer.Outputs * (layer.Inputs | 1) <= Weights);
}
