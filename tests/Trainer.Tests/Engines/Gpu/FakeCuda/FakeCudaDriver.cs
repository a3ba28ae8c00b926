using System.Runtime.InteropServices;
using System.Text;

namespace Trainer.Tests.Engines.Gpu.FakeCuda;

/// <summary>
/// A copy of the stand-in for the CUDA driver, loaded into this process by a name of its own, so that its state is the test's.
/// </summary>
internal sealed unsafe class FakeCudaDriver : IDisposable
{
    /// <summary>CUDA_SUCCESS.</summary>
    public const int Success = 0;

    private readonly TempFolder _folder = new();
    private readonly nint _library;

    /// <param name="switches">What it is told.</param>
    /// <param name="folder">Where it is copied from; null for <see cref="FakeCudaLibrary.Folder"/>.</param>
    public FakeCudaDriver(FakeCudaSwitches? switches = null, string? folder = null)
    {
        File.Copy(Path.Combine(folder ?? FakeCudaLibrary.Folder, FakeCudaLibrary.FileName), _folder[FakeCudaLibrary.FileName]);
        _library = NativeLibrary.Load(_folder[FakeCudaLibrary.FileName]);
        foreach ((string name, string value) in (switches ?? new FakeCudaSwitches()).Values)
        {
            ((delegate* unmanaged<byte*, byte*, void>)Function("fakeCudaSet"))(Text(name), Text(value));
        }
    }

    /// <summary>The address of a function, for calls that have no method here.</summary>
    public nint Function(string name) => NativeLibrary.GetExport(_library, name);

    /// <summary>Whether it has a function.</summary>
    public bool Has(string name) => NativeLibrary.TryGetExport(_library, name, out _);

    /// <summary>cuInit.</summary>
    public int Initialize() => ((delegate* unmanaged<uint, int>)Function("cuInit"))(0);

    /// <summary>Makes the context of device 0 current on this thread.</summary>
    public int EnterContext()
    {
        nint context;
        int result = ((delegate* unmanaged<nint*, int, int>)Function("cuDevicePrimaryCtxRetain"))(&context, 0);
        return result != Success ? result : ((delegate* unmanaged<nint, int>)Function("cuCtxSetCurrent"))(context);
    }

    /// <summary>A driver that is initialised and has its context current.</summary>
    public static FakeCudaDriver Open(FakeCudaSwitches? switches = null)
    {
        var driver = new FakeCudaDriver(switches);
        Assert.Equal(Success, driver.Initialize());
        Assert.Equal(Success, driver.EnterContext());
        return driver;
    }

    /// <summary>cuModuleLoadDataEx; what it writes to the log buffer.</summary>
    public int Load(string ptx, out nint module, out string log)
    {
        byte* buffer = stackalloc byte[1024];
        int* options = stackalloc int[] { 5, 6 };
        void** values = stackalloc void*[] { buffer, (void*)1024 };
        nint loaded;
        int result;
        fixed (byte* text = Encoding.ASCII.GetBytes(ptx + "\0"))
        {
            result = ((delegate* unmanaged<nint*, byte*, uint, int*, void**, int>)Function("cuModuleLoadDataEx"))(&loaded, text, 2, options, values);
        }
        module = loaded;
        log = Marshal.PtrToStringUTF8((nint)buffer)!;
        return result;
    }

    /// <summary>A kernel of a module.</summary>
    public nint Kernel(nint module, string name)
    {
        nint kernel;
        Assert.Equal(Success, ((delegate* unmanaged<nint*, nint, byte*, int>)Function("cuModuleGetFunction"))(&kernel, module, Text(name)));
        return kernel;
    }

    /// <summary>The only kernel of a program, <see cref="PtxProgram.Kernel"/>.</summary>
    public nint Kernel(string ptx)
    {
        int result = Load(ptx, out nint module, out string log);
        Assert.True(result == Success, log);
        return Kernel(module, PtxProgram.Kernel);
    }

    /// <summary>cuMemAlloc.</summary>
    public int Allocate(long bytes, out ulong address)
    {
        ulong made = 0;
        int result = ((delegate* unmanaged<ulong*, nuint, int>)Function("cuMemAlloc_v2"))(&made, (nuint)bytes);
        address = made;
        return result;
    }

    /// <summary>cuMemFree.</summary>
    public int Free(ulong address) => ((delegate* unmanaged<ulong, int>)Function("cuMemFree_v2"))(address);

    /// <summary>Device memory that holds numbers.</summary>
    public ulong Memory<T>(ReadOnlySpan<T> numbers) where T : unmanaged
    {
        Assert.Equal(Success, Allocate(numbers.Length * sizeof(T), out ulong address));
        fixed (T* source = numbers)
        {
            Assert.Equal(Success, Write(address, source, numbers.Length * sizeof(T)));
        }
        return address;
    }

    /// <summary>Device memory with nothing written to it.</summary>
    public ulong Memory<T>(int count) where T : unmanaged
    {
        Assert.Equal(Success, Allocate((long)count * sizeof(T), out ulong address));
        return address;
    }

    /// <summary>cuMemcpyHtoDAsync.</summary>
    public int Write(ulong to, void* from, long bytes) =>
        ((delegate* unmanaged<ulong, void*, nuint, nint, int>)Function("cuMemcpyHtoDAsync_v2"))(to, from, (nuint)bytes, 0);

    /// <summary>cuMemcpyDtoHAsync.</summary>
    public int Read<T>(ulong from, Span<T> to) where T : unmanaged
    {
        fixed (T* destination = to)
        {
            return ((delegate* unmanaged<void*, ulong, nuint, nint, int>)Function("cuMemcpyDtoHAsync_v2"))(
                destination, from, (nuint)(to.Length * sizeof(T)), 0);
        }
    }

    /// <summary>What device memory holds.</summary>
    public T[] Numbers<T>(ulong from, int count) where T : unmanaged
    {
        var numbers = new T[count];
        Assert.Equal(Success, Read<T>(from, numbers));
        return numbers;
    }

    /// <summary>cuLaunchKernel with arguments of 64 bits each, in one row of blocks.</summary>
    public int Launch(nint kernel, int blocks, int threads, params ReadOnlySpan<ulong> arguments)
    {
        void** places = stackalloc void*[arguments.Length + 1];
        fixed (ulong* values = arguments)
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                places[i] = values + i;
            }
            return ((delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)Function("cuLaunchKernel"))(
                kernel, (uint)blocks, 1, 1, (uint)threads, 1, 1, 0, 0, places, null);
        }
    }

    /// <summary>cuStreamSynchronize of the default stream: what became of the launches.</summary>
    public int Synchronize() => ((delegate* unmanaged<nint, int>)Function("cuStreamSynchronize"))(0);

    public void Dispose()
    {
        NativeLibrary.Free(_library);
        _folder.Dispose();
    }

    // Small and few: they stay until the process ends.
    private static byte* Text(string text) => (byte*)Marshal.StringToCoTaskMemUTF8(text);
}
