using System.Runtime.InteropServices;
using Trainer.Engines.Gpu.Drivers;
using Trainer.Engines.Gpu.Kernels;

namespace Trainer.Benchmarks.Gpu;

/// <summary>
/// A queue that counts launches and can leave out the work, so that the cost of launching and that of the host are timed in the very
/// calls that train: no profiler, and nothing of it in the engine.
/// </summary>
/// <param name="inner">The device.</param>
internal sealed class ObservedQueue(IGpuQueue inner) : IGpuQueue
{
    // Where kernels.c keeps the step behind the last one, and the step to begin with.
    private static readonly int EndStep = KernelSource.Number("END_STEP");
    private const int FirstStep = 0;

    private readonly HashSet<GpuBuffer> _controls = [];
    private readonly Dictionary<GpuSequence, int> _lengths = [];

    /// <summary>What is passed on.</summary>
    public QueueMode Mode { get; set; }

    /// <summary>Launches so far, those of sequences among them.</summary>
    public long Launches { get; private set; }

    /// <inheritdoc/>
    public string Description => inner.Description;

    /// <inheritdoc/>
    public int Multiprocessors => inner.Multiprocessors;

    /// <inheritdoc/>
    public long LocalMemory => inner.LocalMemory;

    /// <inheritdoc/>
    public GpuBuffer Allocate(long bytes) => inner.Allocate(bytes);

    /// <inheritdoc/>
    public void Write(GpuBuffer destination, long byteOffset, ReadOnlySpan<byte> source)
    {
        if (Mode == QueueMode.NoRows && byteOffset == 0 && _controls.Contains(destination))
        {
            int[] control = MemoryMarshal.Cast<byte, int>(source).ToArray();
            control[EndStep] = control[FirstStep];
            inner.Write(destination, 0, MemoryMarshal.AsBytes<int>(control));
            return;
        }
        inner.Write(destination, byteOffset, source);
    }

    /// <inheritdoc/>
    public void Read(GpuBuffer source, long byteOffset, Span<byte> destination) => inner.Read(source, byteOffset, destination);

    /// <inheritdoc/>
    public GpuLaunch Prepare(string kernel, LaunchSize size, params ReadOnlySpan<GpuArgument> arguments)
    {
        // The first argument of every kernel is `control`.
        if (arguments is [{ Buffer: { } control }, ..])
        {
            _controls.Add(control);
        }
        return inner.Prepare(kernel, size, arguments);
    }

    /// <inheritdoc/>
    public void Enqueue(GpuLaunch launch)
    {
        if (Mode != QueueMode.HostAlone)
        {
            Launches++;
            inner.Enqueue(launch);
        }
    }

    /// <inheritdoc/>
    public GpuSequence Record(IReadOnlyList<GpuLaunch> launches)
    {
        GpuSequence sequence = inner.Record(launches);
        _lengths[sequence] = launches.Count;
        return sequence;
    }

    /// <inheritdoc/>
    public void Enqueue(GpuSequence sequence)
    {
        if (Mode != QueueMode.HostAlone)
        {
            Launches += _lengths[sequence];
            inner.Enqueue(sequence);
        }
    }

    /// <inheritdoc/>
    public GpuMark Mark() => inner.Mark();

    /// <inheritdoc/>
    public void Wait(GpuMark mark) => inner.Wait(mark);

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
