using Trainer.Engines.Gpu.Kernels;

namespace Trainer.Engines.Gpu;

/// <summary>How a kernel cuts a matrix into tiles, one for each group of threads; as <c>kernels.c</c> defines it.</summary>
/// <param name="Name">The tiling in the names of kernels.</param>
/// <param name="Rows">Rows of a tile.</param>
/// <param name="Columns">Columns of a tile.</param>
/// <param name="Threads">Threads of a group.</param>
internal sealed record GpuTiling(string Name, int Rows, int Columns, int Threads)
{
    // Elements that a multiprocessor has to be given before the large tiles keep it busy: 128 threads' worth of 16 each.
    private const long ElementsPerMultiprocessor = 2048;

    /// <summary>Tiles of few elements, for matrices that would not fill the device with large ones.</summary>
    public static GpuTiling Small { get; } = Of("small");

    /// <summary>Tiles whose threads multiply more than they load.</summary>
    public static GpuTiling Large { get; } = Of("large");

    /// <summary>Tiles of weights and their gradients.</summary>
    public static GpuTiling Update { get; } = Of("update");

    /// <summary>The faster tiling for so many elements on a device with so many multiprocessors.</summary>
    public static GpuTiling For(long elements, int multiprocessors) =>
        elements >= ElementsPerMultiprocessor * multiprocessors ? Large : Small;

    /// <summary>Tiles that cover a matrix.</summary>
    public (int Down, int Across) Cover(int rows, int columns) => (Divide(rows, Rows), Divide(columns, Columns));

    private static int Divide(int numerator, int denominator) => (int)(((long)numerator + denominator - 1) / denominator);

    private static GpuTiling Of(string name)
    {
        string prefix = name.ToUpperInvariant();
        return new GpuTiling(
            name, KernelSource.Number($"{prefix}_TM"), KernelSource.Number($"{prefix}_TN"), KernelSource.Number($"{prefix}_THREADS"));
    }
}
