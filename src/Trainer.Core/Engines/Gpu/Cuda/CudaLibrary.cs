using Trainer.Engines.Gpu.Drivers;
using Trainer.Failures;

namespace Trainer.Engines.Gpu.Cuda;

/// <summary>The driver's library: loaded, checked and initialised once in a process, when it is first asked for.</summary>
internal static class CudaLibrary
{
    // CUDA counts versions as 1000 · major + 10 · minor. The newest function of those used is of this one.
    private const int OldestVersion = 11_040;

    private static readonly Lazy<(string Version, string? Problem)> Loaded = new(Load);

    /// <summary>Makes the driver ready.</summary>
    /// <returns>Its version, for people: "CUDA 12.4".</returns>
    /// <exception cref="DeviceException">It is not there, too old, or does not work.</exception>
    public static string Require() => Loaded.Value.Problem is { } problem
        ? throw new DeviceException(problem)
        : Loaded.Value.Version;

    private static (string Version, string? Problem) Load()
    {
        if (!NativeLibraries.TryLoad(NativeLibraries.Cuda, out string file))
        {
            return ("", $"{file} not found");
        }
        if (NativeLibraries.FirstMissing(NativeLibraries.Cuda, CudaApi.Functions) is { } missing)
        {
            return ("", $"the driver has no {missing}; update it ({Name(OldestVersion)} or newer is needed)");
        }
        // The one call that is allowed before cuInit, which an old driver may refuse.
        CudaResult result = CudaApi.cuDriverGetVersion(out int version);
        if (result != CudaResult.Success)
        {
            return ("", CudaFailure.Of(result, nameof(CudaApi.cuDriverGetVersion)).Message);
        }
        if (version < OldestVersion)
        {
            return ("", $"the driver is one of {Name(version)}; update it ({Name(OldestVersion)} or newer is needed)");
        }
        result = CudaApi.cuInit(0);
        return (Name(version), result == CudaResult.Success ? null : CudaFailure.Of(result, nameof(CudaApi.cuInit)).Message);
    }

    private static string Name(int version) => $"CUDA {version / 1000}.{version % 1000 / 10}";
}
