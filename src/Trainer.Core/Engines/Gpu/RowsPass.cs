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

    // Rows of a group that are worth it: weights are fetched once for all of them.
    private static readonly int[] Together = [4, 2, 1];

    /// <summary>Threads of a group.</summary>
    public static int Threads { get; } = KernelSource.Number("ROWS_THREADS");

    /// <summary>How many rows a group takes; 0 where the network does not fit.</summary>
    /// <param name="shape">Layer sizes.</param>
    /// <param name="rows">Rows of a step, over all networks.</param>
    /// <param name="queue">The device.</param>
    public static int RowsOfGroup(MlpShape shape, long rows, IGpuQueue queue)
    {
        bool fits = shape.Layers.Count > 1
            && queue.LocalMemory >= (Weights + Numbers + Threads) * sizeof(float)
            && shape.Layers.Skip(1).All(layer => (long)layer.Outputs * (layer.Inputs | 1) <= Weights);
        return fits ? Together.FirstOrDefault(IsGood) : 0;

        // Rather one row for a group than a multiprocessor without one.
        bool IsGood(int together) =>
            (3L * shape.Units() + 1) * together <= Numbers && (together == 1 || rows / together >= queue.Multiprocessors);
    }
}
