using System.Runtime.CompilerServices;
using Trainer.Engines.Gpu.Drivers;

namespace Trainer.Engines.Gpu.Cuda;

/// <summary>A kernel with its arguments as the driver takes them, laid down once.</summary>
internal sealed unsafe class CudaLaunch : GpuLaunch
{
    private readonly string _kernel;
    private readonly nint _function;
    private readonly LaunchSize _size;

    // What the addresses among the arguments stand for stays alive as long as this does.
    private readonly GpuBuffer?[] _buffers;

    // Count addresses of arguments, then the arguments, 8 bytes each. Pinned, so that the addresses hold.
    private nint[]? _block;

    /// <summary>Lays the arguments down.</summary>
    /// <param name="kernel">Its name, for people.</param>
    /// <param name="function">The kernel.</param>
    /// <param name="size">Its threads.</param>
    /// <param name="arguments">Its arguments, in order.</param>
    public CudaLaunch(string kernel, nint function, LaunchSize size, ReadOnlySpan<GpuArgument> arguments)
    {
        (_kernel, _function, _size) = (kernel, function, size);
        _buffers = new GpuBuffer?[arguments.Length];
        _block = GC.AllocateArray<nint>(2 * arguments.Length, pinned: true);
        for (int i = 0; i < arguments.Length; i++)
        {
            int place = arguments.Length + i;
            _buffers[i] = arguments[i].Buffer;
            // A number takes the first four of its eight bytes: every machine with this driver is little-endian.
            _block[place] = _buffers[i] is CudaBuffer buffer ? buffer.Address() : arguments[i].Number;
            _block[i] = (nint)Unsafe.AsPointer(ref _block[place]);
        }
    }

    /// <summary>Puts it into <paramref name="stream"/>, whose context is entered. The driver copies the arguments.</summary>
    public void Into(CudaStream stream)
    {
        ObjectDisposedException.ThrowIf(_block is null, this);
        fixed (nint* arguments = _block)
        {
            CudaResult result = CudaApi.cuLaunchKernel(
                _function, (uint)_size.X, (uint)_size.Y, (uint)_size.Z, (uint)_size.Threads, 1, 1,
                sharedBytes: 0, stream, (void**)arguments, extra: null);
            stream.Context.Check(result, nameof(CudaApi.cuLaunchKernel), _kernel);
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _block = null;
}
