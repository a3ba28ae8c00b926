using System.Runtime.InteropServices;
using Trainer.Engines.Gpu.Drivers;

namespace Trainer.Engines.Gpu.OpenCl;

/// <summary>The functions of OpenCL 1.2 that are used, as its headers declare them.</summary>
internal static unsafe partial class OpenClNative
{
    private const string Library = NativeLibraries.OpenCl;

    [LibraryImport(Library)]
    public static partial int clGetPlatformIDs(uint entries, nint* platforms, uint* count);

    [LibraryImport(Library)]
    public static partial int clGetPlatformInfo(nint platform, uint name, nuint size, void* value, nuint* sizeNeeded);

    [LibraryImport(Library)]
    public static partial int clGetDeviceIDs(nint platform, ulong type, uint entries, nint* devices, uint* count);

    [LibraryImport(Library)]
    public static partial int clGetDeviceInfo(nint device, uint name, nuint size, void* value, nuint* sizeNeeded);

    [LibraryImport(Library)]
    public static partial OpenClContext clCreateContext(nint* properties, uint count, nint* devices, nint notify, nint data, out int error);

    [LibraryImport(Library)]
    public static partial int clReleaseContext(nint context);

    [LibraryImport(Library)]
    public static partial OpenClCommandQueue clCreateCommandQueue(OpenClContext context, nint device, ulong properties, out int error);

    [LibraryImport(Library)]
    public static partial int clReleaseCommandQueue(nint queue);

    [LibraryImport(Library)]
    public static partial OpenClProgram clCreateProgramWithSource(OpenClContext context, uint count, byte** texts, nuint* lengths, out int error);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int clBuildProgram(OpenClProgram program, uint count, nint* devices, string options, nint notify, nint data);

    [LibraryImport(Library)]
    public static partial int clGetProgramBuildInfo(OpenClProgram program, nint device, uint name, nuint size, void* value, nuint* sizeNeeded);

    [LibraryImport(Library)]
    public static partial int clReleaseProgram(nint program);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial OpenClKernel clCreateKernel(OpenClProgram program, string name, out int error);

    [LibraryImport(Library)]
    public static partial int clSetKernelArg(OpenClKernel kernel, uint index, nuint size, void* value);

    [LibraryImport(Library)]
    public static partial int clReleaseKernel(nint kernel);

    [LibraryImport(Library)]
    public static partial OpenClMemory clCreateBuffer(OpenClContext context, ulong flags, nuint size, void* host, out int error);

    [LibraryImport(Library)]
    public static partial int clReleaseMemObject(nint memory);

    [LibraryImport(Library)]
    public static partial int clEnqueueFillBuffer(
        OpenClCommandQueue queue, OpenClMemory buffer, void* pattern, nuint patternSize, nuint offset, nuint size, uint waits, nint* waitList, nint* mark);

    [LibraryImport(Library)]
    public static partial int clEnqueueWriteBuffer(
        OpenClCommandQueue queue, OpenClMemory buffer, uint blocking, nuint offset, nuint size, void* source, uint waits, nint* waitList, nint* mark);

    [LibraryImport(Library)]
    public static partial int clEnqueueReadBuffer(
        OpenClCommandQueue queue, OpenClMemory buffer, uint blocking, nuint offset, nuint size, void* destination, uint waits, nint* waitList, nint* mark);

    [LibraryImport(Library)]
    public static partial int clEnqueueNDRangeKernel(
        OpenClCommandQueue queue, OpenClKernel kernel, uint dimensions, nuint* offset, nuint* global, nuint* local, uint waits, nint* waitList, nint* mark);

    [LibraryImport(Library)]
    public static partial int clEnqueueMarkerWithWaitList(OpenClCommandQueue queue, uint waits, nint* waitList, out OpenClEvent mark);

    [LibraryImport(Library)]
    public static partial int clWaitForEvents(uint count, nint* marks);

    [LibraryImport(Library)]
    public static partial int clReleaseEvent(nint mark);

    [LibraryImport(Library)]
    public static partial int clFlush(OpenClCommandQueue queue);

    [LibraryImport(Library)]
    public static partial int clFinish(OpenClCommandQueue queue);
}
