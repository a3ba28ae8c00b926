using System.Reflection;
using System.Runtime.InteropServices;

namespace Trainer.Engines.Gpu.Drivers;

/// <summary>
/// The drivers' libraries that this assembly calls, each looked for once and only when it is asked for: an assembly can have
/// one resolver, so all of them stand here. A <c>LibraryImport</c> names one of the constants.
/// </summary>
internal static class NativeLibraries
{
    /// <summary>NVIDIA's driver.</summary>
    public const string Cuda = "cuda-driver";

    /// <summary>The loader in front of all OpenCL drivers.</summary>
    public const string OpenCl = "opencl-loader";

    private static readonly Dictionary<string, Lazy<(string File, nint Handle)>> Libraries = new()
    {
        [Cuda] = new(() => Load(OperatingSystem.IsWindows() ? ["nvcuda.dll"] : ["libcuda.so.1"])),
        [OpenCl] = new(() => Load(
            OperatingSystem.IsWindows() ? ["OpenCL.dll"]
            : OperatingSystem.IsMacOS() ? ["/System/Library/Frameworks/OpenCL.framework/OpenCL"]
            : ["libOpenCL.so.1", "libOpenCL.so"])),
    };

    static NativeLibraries() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);

    /// <summary>Loads a library; has to come before the first call into it.</summary>
    /// <param name="name">One of the constants.</param>
    /// <param name="file">The file that was loaded, or else the one that was not found.</param>
    /// <returns>Whether it is there.</returns>
    public static bool TryLoad(string name, out string file)
    {
        (file, nint handle) = Libraries[name].Value;
        return handle != 0;
    }

    /// <summary>The first of <paramref name="functions"/> that a loaded library lacks; null where it has them all.</summary>
    public static string? FirstMissing(string name, IEnumerable<string> functions)
    {
        nint handle = Libraries[name].Value.Handle;
        return functions.FirstOrDefault(function => !NativeLibrary.TryGetExport(handle, function, out _));
    }

    // By name alone, as the system's loader finds it: drivers lie in the system's folders, never beside this assembly.
    private static (string File, nint Handle) Load(string[] files)
    {
        foreach (string file in files)
        {
            if (NativeLibrary.TryLoad(file, out nint handle))
            {
                return (file, handle);
            }
        }
        return (files[0], 0);
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        Libraries.TryGetValue(name, out Lazy<(string File, nint Handle)>? library) ? library.Value.Handle : 0;
}
