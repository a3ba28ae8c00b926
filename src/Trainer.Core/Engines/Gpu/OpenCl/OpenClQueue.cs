using System.Text;
using Trainer.Engines.Gpu.Drivers;
using Trainer.Failures;
using static Trainer.Engines.Gpu.OpenCl.OpenClNative;

namespace Trainer.Engines.Gpu.OpenCl;

/// <summary>An OpenCL device with an in-order queue.</summary>
internal sealed unsafe class OpenClQueue : IGpuQueue
{
    // No warnings, which some drivers print. Without the last, divisions may be 2.5 units in the last place off and square roots 3.
    private const string BuildOptions = "-w -cl-std=CL1.2 -cl-fp32-correctly-rounded-divide-sqrt";
    private const uint BuildLog = 0x1183;
    private const ulong ReadWrite = 1;

    private readonly string _device;
    private readonly string _name;
    private readonly OpenClContext _context;
    private readonly OpenClCommandQueue _queue;
    private readonly nint _handle;
    private readonly KernelProgram _program;

    // By source.
    private readonly Dictionary<string, OpenClProgram> _built = [];

    public OpenClQueue(OpenClDevice device, int index, KernelProgram program)
    {
        _device = $"opencl:{index}";
        _name = device.Name;
        Multiprocessors = device.Multiprocessors;
        LocalMemory = device.LocalMemory;
        nint handle = device.Handle;
        (_handle, _program) = (handle, program);
        _context = clCreateContext(null, 1, &handle, 0, 0, out int error);
        Check(error, "clCreateContext");
        try
        {
            _queue = clCreateCommandQueue(_context, handle, 0, out error);
            Check(error, "clCreateCommandQueue");
        }
        catch
        {
            _queue?.Dispose();
            _context.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Description => $"{_device}, {_name}";

    /// <inheritdoc/>
    public int Multiprocessors { get; }

    /// <inheritdoc/>
    public long LocalMemory { get; }

    /// <inheritdoc/>
    public GpuBuffer Allocate(long bytes)
    {
        OpenClMemory memory = clCreateBuffer(_context, ReadWrite, (nuint)bytes, null, out int error);
        Check(error, Memory(bytes));
        byte zero = 0;
        Check(clEnqueueFillBuffer(_queue, memory, &zero, 1, 0, (nuint)bytes, 0, null, null), Memory(bytes));
        return new OpenClBuffer(bytes, memory);
    }

    /// <inheritdoc/>
    public void Write(GpuBuffer destination, long byteOffset, ReadOnlySpan<byte> source)
    {
        CheckRange(destination, byteOffset, source.Length);
        if (source.IsEmpty)
        {
            return;
        }
        fixed (byte* bytes = source)
        {
            // Blocking, so that the caller may change the source: it waits for the work before it as well.
            Check(clEnqueueWriteBuffer(_queue, Of(destination), 1, (nuint)byteOffset, (nuint)source.Length, bytes, 0, null, null), "clEnqueueWriteBuffer");
        }
    }

    /// <inheritdoc/>
    public void Read(GpuBuffer source, long byteOffset, Span<byte> destination)
    {
        CheckRange(source, byteOffset, destination.Length);
        if (destination.IsEmpty)
        {
            return;
        }
        fixed (byte* bytes = destination)
        {
            Check(clEnqueueReadBuffer(_queue, Of(source), 1, (nuint)byteOffset, (nuint)destination.Length, bytes, 0, null, null), "clEnqueueReadBuffer");
        }
    }

    /// <inheritdoc/>
    public GpuLaunch Prepare(string kernel, LaunchSize size, params ReadOnlySpan<GpuArgument> arguments)
    {
        OpenClKernel handle = clCreateKernel(ProgramOf(kernel), kernel, out int error);
        Check(error, $"clCreateKernel of {kernel}");
        var launch = new OpenClLaunch(handle, kernel, size);
        for (int k = 0; k < arguments.Length; k++)
        {
            nint memory = arguments[k].Buffer is { } buffer ? Of(buffer).DangerousGetHandle() : 0;
            int number = arguments[k].Number;
            bool isMemory = arguments[k].Buffer is not null;
            Check(
                clSetKernelArg(handle, (uint)k, (nuint)(isMemory ? sizeof(nint) : sizeof(int)), isMemory ? &memory : &number),
                $"clSetKernelArg {k} of {kernel}");
        }
        return launch;
    }

    /// <inheritdoc/>
    public void Enqueue(GpuLaunch launch)
    {
        var known = (OpenClLaunch)launch;
        nuint* global = stackalloc nuint[3] { (nuint)known.Size.X * (nuint)known.Size.Threads, (nuint)known.Size.Y, (nuint)known.Size.Z };
        nuint* local = stackalloc nuint[3] { (nuint)known.Size.Threads, 1, 1 };
        Check(clEnqueueNDRangeKernel(_queue, known.Kernel, 3, null, global, local, 0, null, null), known.Name);
    }

    /// <inheritdoc/>
    public GpuSequence Record(IReadOnlyList<GpuLaunch> launches) => new OpenClSequence([.. launches]);

    /// <inheritdoc/>
    public void Enqueue(GpuSequence sequence)
    {
        // OpenCL 1.2 records nothing: a sequence is its launches.
        foreach (GpuLaunch launch in ((OpenClSequence)sequence).Launches)
        {
            Enqueue(launch);
        }
    }

    /// <inheritdoc/>
    public GpuMark Mark()
    {
        Check(clEnqueueMarkerWithWaitList(_queue, 0, null, out OpenClEvent mark), "clEnqueueMarkerWithWaitList");
        Check(clFlush(_queue), "clFlush");
        return new OpenClMark(mark);
    }

    /// <inheritdoc/>
    public void Wait(GpuMark mark)
    {
        nint handle = ((OpenClMark)mark).Event.DangerousGetHandle();
        Check(clWaitForEvents(1, &handle), "clWaitForEvents");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_queue.IsClosed)
        {
            // What fails here failed before, or is of no use to anybody.
            _ = clFinish(_queue);
        }
        foreach (OpenClProgram program in _built.Values)
        {
            program.Dispose();
        }
        _queue.Dispose();
        _context.Dispose();
    }

    private static OpenClMemory Of(GpuBuffer buffer) => ((OpenClBuffer)buffer).Memory;

    private static string Memory(long bytes) => FormattableString.Invariant($"to take {bytes / (double)(1 << 20):0.#} MiB of its memory");

    private static void CheckRange(GpuBuffer buffer, long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, buffer.Length, nameof(offset));
    }

    private OpenClProgram ProgramOf(string kernel)
    {
        string source = _program.OpenClSource(kernel);
        if (!_built.TryGetValue(source, out OpenClProgram? program))
        {
            program = Build(_handle, source);
            _built.Add(source, program);
        }
        return program;
    }

    private OpenClProgram Build(nint device, string source)
    {
        byte[] text = Encoding.UTF8.GetBytes(source);
        fixed (byte* bytes = text)
        {
            byte* start = bytes;
            nuint length = (nuint)text.Length;
            OpenClProgram program = clCreateProgramWithSource(_context, 1, &start, &length, out int error);
            Check(error, "clCreateProgramWithSource");
            int code = clBuildProgram(program, 1, &device, BuildOptions, 0, 0);
            if (code == OpenClErrors.BuildProgramFailure)
            {
                string log = Log(program, device);
                program.Dispose();
                throw new DeviceException($"{_device}: its driver cannot compile the kernels: {log}");
            }
            Check(code, "clBuildProgram");
            return program;
        }
    }

    /// <summary>The first line of the compiler's log that says anything.</summary>
    private static string Log(OpenClProgram program, nint device)
    {
        nuint size = 0;
        if (clGetProgramBuildInfo(program, device, BuildLog, 0, null, &size) != 0 || size == 0)
        {
            return "it says no more";
        }
        byte[] log = new byte[size];
        fixed (byte* bytes = log)
        {
            _ = clGetProgramBuildInfo(program, device, BuildLog, size, bytes, null);
        }
        string[] lines = Encoding.UTF8.GetString(log).Split(['\n', '\0'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? lines.FirstOrDefault() ?? "it says no more";
    }

    private void Check(int code, string what) => OpenClErrors.Check(code, _device, what);
}
