namespace Trainer.Engines.Gpu.Drivers;

/// <summary>
/// An opened device with one queue of work: what is put in is carried out in that order, and what comes later sees what came
/// before. One thread at a time may use it; any thread may.
/// </summary>
/// <remarks>Every method may throw a <see cref="Failures.DeviceException"/> whose message is one clear line.</remarks>
internal interface IGpuQueue : IDisposable
{
    /// <summary>The device, for people: "cuda:0, NVIDIA H100 80GB HBM3".</summary>
    string Description { get; }

    /// <summary>Multiprocessors (compute units) of the device.</summary>
    int Multiprocessors { get; }

    /// <summary>Bytes of local (shared) memory that a group may have.</summary>
    long LocalMemory { get; }

    /// <summary>Memory on the device, all zeros. Disposing of it waits for the work that uses it.</summary>
    /// <exception cref="Failures.DeviceException">There is not enough.</exception>
    GpuBuffer Allocate(long bytes);

    /// <summary>Copies to the device; <paramref name="source"/> may be changed as soon as this returns.</summary>
    void Write(GpuBuffer destination, long byteOffset, ReadOnlySpan<byte> source);

    /// <summary>Waits for all work before it, then copies from the device.</summary>
    void Read(GpuBuffer source, long byteOffset, Span<byte> destination);

    /// <summary>A kernel with everything that it takes, to be launched any number of times.</summary>
    /// <exception cref="Failures.DeviceException">The program has no such kernel.</exception>
    GpuLaunch Prepare(string kernel, LaunchSize size, params ReadOnlySpan<GpuArgument> arguments);

    /// <summary>Puts a launch into the queue.</summary>
    void Enqueue(GpuLaunch launch);

    /// <summary>Makes one of several launches, carried out one behind the other, cheaper than each for itself.</summary>
    GpuSequence Record(IReadOnlyList<GpuLaunch> launches);

    /// <summary>Puts a sequence into the queue.</summary>
    void Enqueue(GpuSequence sequence);

    /// <summary>A mark behind the work so far, and hands that work to the device.</summary>
    GpuMark Mark();

    /// <summary>Waits until the work before a mark is done.</summary>
    void Wait(GpuMark mark);
}
