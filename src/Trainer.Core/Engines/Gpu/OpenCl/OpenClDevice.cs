using System.Text;
using static Trainer.Engines.Gpu.OpenCl.OpenClNative;

namespace Trainer.Engines.Gpu.OpenCl;

/// <summary>A device as OpenCL describes it.</summary>
/// <param name="Handle">OpenCL's handle.</param>
/// <param name="IsGpu">Whether it is a GPU.</param>
internal sealed unsafe record OpenClDevice(nint Handle, bool IsGpu)
{
    private const uint DeviceType = 0x1000, ComputeUnits = 0x1002, WorkGroupSize = 0x1004, SingleConfig = 0x101B, GlobalMemory = 0x101F,
        LocalMemoryOfGroup = 0x1023, LittleEndian = 0x1026, Available = 0x1027, CompilerAvailable = 0x1028, DeviceName = 0x102B,
        DriverVersion = 0x102D, LanguageVersion = 0x103D;

    private const ulong Gpu = 4;
    private const ulong Subnormals = 1, InfinityAndNaN = 2, RoundToNearest = 4, FusedMultiplyAdd = 32, RoundedDivideAndSqrt = 128;

    // What kernels.c needs: groups of 256 threads; 13 KiB of tiles, and some for what a driver keeps there.
    private const ulong FewestThreads = 256;
    private const long LeastLocalMemory = 16 << 10;

    private static readonly (ulong Bit, string Lacks)[] Arithmetic =
    [
        (Subnormals, "keeps no subnormal numbers"),
        (InfinityAndNaN, "knows no infinity"),
        (RoundToNearest, "does not round to nearest"),
        (FusedMultiplyAdd, "has no fused multiply-add"),
        (RoundedDivideAndSqrt, "rounds divisions and square roots differently"),
    ];

    /// <summary>Its name for itself.</summary>
    public string Name => Text(DeviceName);

    /// <summary>Multiprocessors.</summary>
    public int Multiprocessors => (int)Number<uint>(ComputeUnits);

    /// <summary>Bytes of local memory.</summary>
    public long LocalMemory => (long)Number<ulong>(LocalMemoryOfGroup);

    /// <summary>The device behind <paramref name="handle"/>.</summary>
    public static OpenClDevice Of(nint handle)
    {
        var device = new OpenClDevice(handle, false);
        return device with { IsGpu = (device.Number<ulong>(DeviceType) & Gpu) != 0 };
    }

    /// <summary>What people see of it.</summary>
    public GpuDeviceInfo Info(int index) => new(index, Name, (long)Number<ulong>(GlobalMemory), Text(DriverVersion), Problem());

    /// <summary>Why it cannot run the kernels, or compute the same bits as every other device; null where it can.</summary>
    private string? Problem()
    {
        ulong arithmetic = Number<ulong>(SingleConfig);
        nuint threads = Number<nuint>(WorkGroupSize);
        string language = Text(LanguageVersion);
        (bool IsSo, string Problem)[] problems =
        [
            (Number<uint>(Available) == 0, "is not available"),
            (Number<uint>(CompilerAvailable) == 0, "has no compiler"),
            (!IsNewEnough(language), $"understands {language}; OpenCL C 1.2 is needed"),
            (Number<uint>(LittleEndian) == 0, "is big-endian"),
            (threads < FewestThreads, $"runs groups of {threads} threads; {FewestThreads} are needed"),
            (LocalMemory < LeastLocalMemory, $"has {LocalMemory} bytes of local memory; {LeastLocalMemory} are needed"),
            .. Arithmetic.Select(row => ((arithmetic & row.Bit) == 0, $"{row.Lacks}, so it cannot give the same bits as other devices")),
        ];
        return problems.FirstOrDefault(problem => problem.IsSo).Problem;
    }

    // "OpenCL C 1.2 and what the driver adds", says the standard.
    private static bool IsNewEnough(string language) => new[] { "1.2", "2.", "3." }
        .Any(version => language.StartsWith($"OpenCL C {version}", StringComparison.Ordinal));

    private T Number<T>(uint what)
        where T : unmanaged
    {
        T value = default;
        OpenClErrors.Check(clGetDeviceInfo(Handle, what, (nuint)sizeof(T), &value, null), "opencl", "clGetDeviceInfo");
        return value;
    }

    private string Text(uint what)
    {
        nuint size = 0;
        OpenClErrors.Check(clGetDeviceInfo(Handle, what, 0, null, &size), "opencl", "clGetDeviceInfo");
        byte[] text = new byte[size];
        fixed (byte* bytes = text)
        {
            OpenClErrors.Check(clGetDeviceInfo(Handle, what, size, bytes, null), "opencl", "clGetDeviceInfo");
        }
        return Encoding.UTF8.GetString(text).TrimEnd('\0').Trim();
    }
}
