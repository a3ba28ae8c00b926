using System.Runtime.InteropServices;
using Trainer.Engines.Gpu.Drivers;
using Trainer.Engines.Gpu.Kernels;

namespace Trainer.Engines.Gpu;

/// <summary>The rows that pass through several networks, on the device: which images they are, and what came of them.</summary>
internal sealed class GpuRows
{
    private static readonly int ControlLength = KernelSource.Number("CONTROL_LENGTH");

    private readonly IGpuQueue _queue;

    /// <summary>Room for <paramref name="capacity"/> rows of each of <paramref name="networks"/> networks.</summary>
    public GpuRows(IGpuQueue queue, GpuBuffers buffers, int networks, int capacity)
    {
        _queue = queue;
        Capacity = Math.Max(1, capacity);
        long rows = (long)networks * Capacity;
        Control = buffers.Allocate<int>(ControlLength);
        PortionControl = buffers.Allocate<int>(ControlLength);
        Images = buffers.Allocate<int>(rows);
        Losses = buffers.Allocate<float>(rows);
        Predictions = buffers.Allocate<int>(rows);
    }

    /// <summary>Rows of a network.</summary>
    public int Capacity { get; }

    /// <summary>Where the passes are; see <c>kernels.c</c>.</summary>
    public GpuBuffer Control { get; }

    /// <summary>The same for a portion of a batch, as the device writes it.</summary>
    public GpuBuffer PortionControl { get; }

    /// <summary>Numbers of images, (networks, rows).</summary>
    public GpuBuffer Images { get; }

    /// <summary>Losses, (networks, rows).</summary>
    public GpuBuffer Losses { get; }

    /// <summary>Predictions, (networks, rows).</summary>
    public GpuBuffer Predictions { get; }

    /// <summary>Says which images the rows from <paramref name="first"/> on are.</summary>
    public void SetImages(int network, int first, ReadOnlySpan<int> images) =>
        _queue.Write(Images, At(network, first), MemoryMarshal.AsBytes(images));

    /// <summary>Sets the passes to begin: the steps from <paramref name="step"/> to the one before <paramref name="endStep"/>,
    /// where step 0 has its first row at <paramref name="firstRow"/>, and no row lies at or behind <paramref name="endRow"/>;
    /// prepared inputs, if there are any, begin at <paramref name="preparedFrom"/>.</summary>
    public void Begin(int step, int endStep, int firstRow, int endRow, int preparedFrom = 0)
    {
        ReadOnlySpan<int> control = [step, step, endStep, endRow, step, firstRow, 0, 0, 0, preparedFrom];
        _queue.Write(Control, 0, MemoryMarshal.AsBytes(control));
    }

    /// <summary>Waits for the rows from <paramref name="first"/> to the one before <paramref name="end"/> and copies what came of them.</summary>
    public void Read(int network, int first, int end, RowResults results)
    {
        _queue.Read(Losses, At(network, first), MemoryMarshal.AsBytes(results.Losses.AsSpan(first..end)));
        _queue.Read(Predictions, At(network, first), MemoryMarshal.AsBytes(results.Predictions.AsSpan(first..end)));
    }

    private long At(int network, int row) => ((long)network * Capacity + row) * sizeof(int);
}
