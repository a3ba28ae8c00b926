using System.Text.RegularExpressions;
using Trainer.Failures;

namespace Trainer.Engines.Gpu.Cuda;

/// <summary>What a failed call of the driver means to who runs the program: one line, with the mend where there is one.</summary>
internal static partial class CudaFailure
{
    // Only for what fails in mid-run: who asked for the device adds the same to what fails before.
    private const string Version = "_v2";

    /// <summary>The line for a code that is not <see cref="CudaResult.Success"/>.</summary>
    /// <param name="result">The code.</param>
    /// <param name="call">The function; the mark of its version, _v2, is left out.</param>
    /// <param name="place">The device, "cuda:0"; null before there is one.</param>
    /// <param name="of">What it was to work on.</param>
    /// <param name="detail">What more is known, behind the code.</param>
    public static DeviceException Of(
        CudaResult result, string call, string? place = null, string? of = null, string? detail = null)
    {
        string head = place is null ? "" : $"{place}: ";
        string what = (call.EndsWith(Version, StringComparison.Ordinal) ? call[..^Version.Length] : call) + (of is null ? "" : $" of {of}");
        string mend = Mend(result) is { } text ? $"; {text}" : "";
        string behind = detail is null ? "" : $", {detail}";
        return new DeviceException(OneLine(IsLost(result)
            ? $"{head}the card was lost in mid-run: {what} failed: {Meaning(result)}{behind}{mend}"
            : $"{head}{what} failed: {Meaning(result)}{behind}{mend}"));
    }

    /// <summary>The driver's own words and name for a code: "out of memory (CUDA_ERROR_OUT_OF_MEMORY)".</summary>
    public static unsafe string Meaning(CudaResult result)
    {
        // Both refuse codes that this driver does not know.
        string? name = CudaApi.cuGetErrorName(result, out byte* bytes) == CudaResult.Success ? CudaText.Of(bytes) : null;
        string? words = CudaApi.cuGetErrorString(result, out bytes) == CudaResult.Success ? CudaText.Of(bytes)?.TrimEnd('.') : null;
        string code = name ?? $"CUDA error {(int)result}";
        return words is null ? code : $"{words} ({code})";
    }

    /// <summary>
    /// After these nothing on the card can be used by this process any more: every later call gives the same code.
    /// </summary>
    public static bool IsLost(CudaResult result) => result is
        CudaResult.EccUncorrectable or CudaResult.NvlinkUncorrectable or CudaResult.IllegalAddress or CudaResult.LaunchTimeout or
        CudaResult.Assert or CudaResult.HardwareStackError or CudaResult.IllegalInstruction or CudaResult.MisalignedAddress or
        CudaResult.InvalidAddressSpace or CudaResult.InvalidProgramCounter or CudaResult.LaunchFailed or
        CudaResult.MpsClientTerminated;

    /// <summary>The same text without line breaks and runs of blanks.</summary>
    public static string OneLine(string text) => Blanks().Replace(text, " ").Trim();

    private static string? Mend(CudaResult result) => result switch
    {
        CudaResult.LaunchTimeout =>
            "a card that drives a display has a limit to a kernel's time, as every card has on most Windows machines; what was recorded is kept; choose a smaller batch",
        _ when IsLost(result) => "what was recorded is kept; run again",
        CudaResult.OutOfMemory => "choose a smaller batch or network",
        CudaResult.StubLibrary => "this libcuda is a toolkit's stub: take its folder out of LD_LIBRARY_PATH",
        CudaResult.DeviceUnavailable => "another program has the card to itself: wait for it",
        CudaResult.NoDevice => "CUDA_VISIBLE_DEVICES may hide one",
        CudaResult.NoBinaryForGpu => "the card is too old for these kernels",
        CudaResult.InvalidPtx or CudaResult.UnsupportedPtxVersion => "the driver is too old for these kernels: update it",
        CudaResult.JitCompilerNotFound =>
            "the driver's compiler (libnvidia-ptxjitcompiler) is missing: install the whole driver, or let the container see it",
        CudaResult.OperatingSystem => "may this user open /dev/nvidia*?",
        CudaResult.SystemNotReady => "start the machine's nvidia-fabricmanager, or wait until it is up",
        CudaResult.SystemDriverMismatch => "the driver was updated since the machine was started: restart it",
        CudaResult.CompatNotSupportedOnDevice =>
            "a compatibility libcuda stands in front of the driver's own: take its folder out of LD_LIBRARY_PATH",
        CudaResult.MpsConnectionFailed or CudaResult.MpsRpcFailure or CudaResult.MpsServerNotReady or
        CudaResult.MpsMaxClientsReached or CudaResult.MpsMaxConnectionsReached =>
            "the machine's MPS server cannot serve this program: wait, or restart it (nvidia-cuda-mps-control)",
        CudaResult.Unknown => "the driver may not be set up: restart the machine",
        _ => null,
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
