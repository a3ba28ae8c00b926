using Trainer.Engines.Gpu.Drivers;

namespace Trainer.Engines.Gpu.Cuda;

/// <summary>A card with one stream and the kernels of one program.</summary>
internal sealed unsafe class CudaQueue : IGpuQueue
{
    private readonly CudaDevice _device;
    private readonly CudaContext _context;
    private readonly CudaModule _module;
    private readonly CudaStream _stream;
    private readonly CudaStaging _staging;
    private readonly CudaEvent _beforeRead;
    private bool _disposed;

    private CudaQueue(CudaDevice device, CudaContext context, CudaModule module, CudaStream stream)
    {
        (_device, _context, _module, _stream) = (device, context, module, stream);
        _staging = new CudaStaging(stream);
        _beforeRead = CudaEvent.Create(stream);
    }

    /// <inheritdoc/>
    public string Description => $"{_device.Place}, {_device.Name}";

    /// <inheritdoc/>
    public int Multiprocessors => _device.Multiprocessors;

    /// <inheritdoc/>
    public long LocalMemory => _device.SharedMemory;

    /// <summary>Opens <paramref name="device"/> for the kernels in <paramref name="ptx"/>.</summary>
    public static CudaQueue Open(CudaDevice device, ReadOnlySpan<byte> ptx)
    {
        // Each handle keeps the one before it open; closed here, it lives as long as a later one.
        CudaContext context = CudaContext.Open(device);
        CudaModule? module = null;
        CudaStream? stream = null;
        try
        {
            context.Enter();
            module = CudaModule.Load(context, ptx);
            stream = CudaStream.Create(module);
            return new CudaQueue(device, context, module, stream);
        }
        catch
        {
            stream?.Dispose();
            module?.Dispose();
            context.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public GpuBuffer Allocate(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Enter();
        return new CudaBuffer(CudaMemory.Allocate(_stream, bytes), bytes);
    }

    /// <inheritdoc/>
    public void Write(GpuBuffer destination, long byteOffset, ReadOnlySpan<byte> source)
    {
        Enter();
        _staging.Write(((CudaBuffer)destination).Address(byteOffset, source.Length), source);
    }

    /// <inheritdoc/>
    public void Read(GpuBuffer source, long byteOffset, Span<byte> destination)
    {
        Enter();
        nint address = ((CudaBuffer)source).Address(byteOffset, destination.Length);
        if (destination.IsEmpty)
        {
            _stream.Synchronize();
            return;
        }
        // Asleep until the work is done: the copy itself would wait for it with a core that spins.
        _beforeRead.Record();
        _beforeRead.Synchronize();
        fixed (byte* start = destination)
        {
            CudaResult result = CudaApi.cuMemcpyDtoHAsync_v2(start, address, (nuint)destination.Length, _stream);
            _context.Check(result, nameof(CudaApi.cuMemcpyDtoHAsync_v2), ByteText.Of(destination.Length));
            _stream.Synchronize();
        }
    }

    /// <inheritdoc/>
    public GpuLaunch Prepare(string kernel, LaunchSize size, params ReadOnlySpan<GpuArgument> arguments)
    {
        Enter();
        return new CudaLaunch(kernel, _module.Function(kernel), size, arguments);
    }

    /// <inheritdoc/>
    public void Enqueue(GpuLaunch launch)
    {
        Enter();
        ((CudaLaunch)launch).Into(_stream);
    }

    /// <inheritdoc/>
    public GpuSequence Record(IReadOnlyList<GpuLaunch> launches)
    {
        Enter();
        CudaLaunch[] recorded = [.. launches.Cast<CudaLaunch>()];
        return new CudaSequence(CudaGraph.Record(_stream, _module, recorded), recorded);
    }

    /// <inheritdoc/>
    public void Enqueue(GpuSequence sequence)
    {
        Enter();
        ((CudaSequence)sequence).Launch();
    }

    /// <inheritdoc/>
    public GpuMark Mark()
    {
        Enter();
        var place = CudaEvent.Create(_stream);
        try
        {
            place.Record();
            _stream.Submit();
            return new CudaMark(place);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Wait(GpuMark mark)
    {
        Enter();
        ((CudaMark)mark).Place.Synchronize();
    }

    /// <summary>Waits for the work and closes the card, once the last buffer, sequence and mark of it is disposed of.</summary>
    public void Dispose()
    {
        _disposed = true;
        _staging.Dispose();
        _beforeRead.Dispose();
        _stream.Dispose();
        _module.Dispose();
        _context.Dispose();
    }

    private void Enter()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _context.Enter();
    }
}
