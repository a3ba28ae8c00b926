using System.Runtime.InteropServices;
using Trainer.Engines.Gpu.Drivers;

namespace Trainer.Engines.Gpu.Cuda;

/// <summary>
/// The driver API, as cuda.h of CUDA 11.4 declares it: every function under the name that the library exports. Only
/// <see cref="CudaLibrary"/> may be the first to call, which loads it.
/// </summary>
/// <remarks>A function that uses a handle takes the <see cref="SafeHandle"/>, so that nobody can close it meanwhile; one that
/// ends its life takes the number, from <see cref="CudaHandle.Release"/>.</remarks>
internal static unsafe partial class CudaApi
{
    /// <summary>CU_STREAM_NON_BLOCKING: does not wait for the default stream, which nothing here uses.</summary>
    public const uint NonBlockingStream = 1;

    /// <summary>CU_EVENT_BLOCKING_SYNC: who waits for it sleeps. By default the driver spins, and a slice of an epoch takes
    /// milliseconds of which the processor has none to spare on a laptop.</summary>
    public const uint BlockingEvent = 1;

    /// <summary>CU_EVENT_DISABLE_TIMING.</summary>
    public const uint EventWithoutTime = 2;

    /// <summary>CU_STREAM_CAPTURE_MODE_THREAD_LOCAL: what other threads call meanwhile is no part of it and spoils nothing.</summary>
    public const int ThreadLocalCapture = 1;

    /// <summary>CU_JIT_ERROR_LOG_BUFFER.</summary>
    public const int JitErrorLog = 5;

    /// <summary>CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES; its value is a number in a pointer's place.</summary>
    public const int JitErrorLogLength = 6;

    /// <summary>What the library has to have; checked when it is loaded, so that no call can find one missing later.</summary>
    public static readonly string[] Functions =
    [
        nameof(cuInit), nameof(cuDriverGetVersion), nameof(cuGetErrorName), nameof(cuGetErrorString),
        nameof(cuDeviceGetCount), nameof(cuDeviceGet), nameof(cuDeviceGetName), nameof(cuDeviceGetAttribute),
        nameof(cuDeviceTotalMem_v2), nameof(cuDevicePrimaryCtxRetain), nameof(cuDevicePrimaryCtxRelease_v2),
        nameof(cuCtxSetCurrent), nameof(cuModuleLoadDataEx), nameof(cuModuleUnload), nameof(cuModuleGetFunction),
        nameof(cuMemGetInfo_v2), nameof(cuMemAlloc_v2), nameof(cuMemFree_v2), nameof(cuMemsetD8Async),
        nameof(cuMemcpyHtoDAsync_v2), nameof(cuMemcpyDtoHAsync_v2), nameof(cuStreamCreate), nameof(cuStreamDestroy_v2),
        nameof(cuStreamSynchronize), nameof(cuStreamQuery), nameof(cuEventCreate), nameof(cuEventRecord), nameof(cuEventSynchronize),
        nameof(cuEventDestroy_v2), nameof(cuLaunchKernel), nameof(cuStreamBeginCapture_v2), nameof(cuStreamEndCapture),
        nameof(cuGraphInstantiateWithFlags), nameof(cuGraphLaunch), nameof(cuGraphExecDestroy), nameof(cuGraphDestroy),
    ];

    // The driver and its devices.
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuInit(uint flags);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuDriverGetVersion(out int version);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuGetErrorName(CudaResult result, out byte* text);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuGetErrorString(CudaResult result, out byte* text);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuDeviceGetCount(out int count);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuDeviceGet(out int device, int ordinal);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuDeviceGetName(byte* name, int length, int device);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuDeviceGetAttribute(out int value, CudaAttribute attribute, int device);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuDeviceTotalMem_v2(out nuint bytes, int device);

    // Contexts.
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuDevicePrimaryCtxRetain(out nint context, int device);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuDevicePrimaryCtxRelease_v2(int device);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuCtxSetCurrent(nint context);

    // Modules.
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuModuleLoadDataEx(out nint module, byte* image, uint optionCount, int* options, void** optionValues);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuModuleUnload(nint module);
    [LibraryImport(NativeLibraries.Cuda, StringMarshalling = StringMarshalling.Utf8)]
    public static partial CudaResult cuModuleGetFunction(out nint function, CudaModule module, string name);

    // Memory. An address on the device (CUdeviceptr) has 64 bits.
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuMemGetInfo_v2(out nuint free, out nuint total);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuMemAlloc_v2(out nint address, nuint bytes);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuMemFree_v2(nint address);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuMemsetD8Async(nint address, byte value, nuint count, CudaStream stream);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuMemcpyHtoDAsync_v2(nint destination, byte* source, nuint bytes, CudaStream stream);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuMemcpyDtoHAsync_v2(byte* destination, nint source, nuint bytes, CudaStream stream);

    // Streams and events.
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuStreamCreate(out nint stream, uint flags);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuStreamDestroy_v2(nint stream);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuStreamSynchronize(nint stream);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuStreamSynchronize(CudaStream stream);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuStreamQuery(CudaStream stream);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuEventCreate(out nint made, uint flags);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuEventRecord(CudaEvent made, CudaStream stream);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuEventSynchronize(CudaEvent made);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuEventDestroy_v2(nint made);

    // Kernels, and graphs of them.
    [LibraryImport(NativeLibraries.Cuda)]
    public static partial CudaResult cuLaunchKernel(
        nint function, uint gridX, uint gridY, uint gridZ, uint blockX, uint blockY, uint blockZ,
        uint sharedBytes, CudaStream stream, void** arguments, void** extra);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuStreamBeginCapture_v2(CudaStream stream, int mode);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuStreamEndCapture(CudaStream stream, out nint graph);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuGraphInstantiateWithFlags(out nint executable, nint graph, ulong flags);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuGraphLaunch(CudaGraph executable, CudaStream stream);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuGraphExecDestroy(nint executable);
    [LibraryImport(NativeLibraries.Cuda)] public static partial CudaResult cuGraphDestroy(nint graph);
}
