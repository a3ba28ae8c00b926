using System.Runtime.InteropServices;

namespace Trainer.Tests.Engines.Gpu.Cuda;

/// <summary>A test of what is said where NVIDIA's driver is not installed: skipped, with the reason, where it is.</summary>
internal sealed class FactOnMachinesWithoutDriverAttribute : FactAttribute
{
    public FactOnMachinesWithoutDriverAttribute() =>
        Skip = NativeLibrary.TryLoad(Library, out _) ? $"this machine has {Library}" : null;

    /// <summary>The library that it is known by.</summary>
    public static string Library { get; } = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";
}
