using Trainer.Engines.Gpu.Cuda;
using Trainer.Tests.Commands;
using Trainer.Tests.Engines.Gpu.FakeCuda;
using Trainer.Tests.Processes;

namespace Trainer.Tests.Engines.Gpu.Cuda;

/// <summary>A queue in front of the fake driver, which carries kernels out, checks every handle and logs every call.</summary>
public sealed class CudaQueueTests
{
    private const string NoLeaks = "no leaks";

    // Nothing but releases: a failure there is told to nobody.
    private static readonly string[] Quiet =
    [
        nameof(CudaApi.cuMemFree_v2), nameof(CudaApi.cuEventDestroy_v2), nameof(CudaApi.cuGraphDestroy),
        nameof(CudaApi.cuGraphExecDestroy), nameof(CudaApi.cuStreamDestroy_v2), nameof(CudaApi.cuModuleUnload),
        nameof(CudaApi.cuDevicePrimaryCtxRelease_v2),
    ];

    // Called only once a call has failed, or only once in a process.
    private static readonly string[] Elsewhere =
    [
        nameof(CudaApi.cuInit), nameof(CudaApi.cuDriverGetVersion), nameof(CudaApi.cuGetErrorName),
        nameof(CudaApi.cuGetErrorString), nameof(CudaApi.cuMemGetInfo_v2),
    ];

    [TheoryNeedingFakeCuda]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Work_IsRightAndInOrderAndLeavesNothing(bool late)
    {
        string[] log = await LogOfAsync(CudaChild.Work, late);
        string[] calls = [.. log[..^1].Select(line => line.Split(' ')[0])];
        Assert.All(log[..^1], AssertIsWell);
        Assert.Equal(0, Array.LastIndexOf(calls, "cuInit"));
        Assert.True(Array.IndexOf(calls, "cuDevicePrimaryCtxRetain") < Array.IndexOf(calls, "cuCtxSetCurrent"));
        Assert.Equal(["cuStreamSynchronize", "cuStreamDestroy_v2", "cuModuleUnload", "cuDevicePrimaryCtxRelease_v2"], calls[^4..]);
        Assert.Equal(NoLeaks, log[^1]);
    }

    [FactNeedingFakeCuda]
    public async Task ARecordedStep_IsOneCall()
    {
        string[] log = await LogOfAsync(CudaChild.Work, late: true);
        int first = Array.FindIndex(log, line => line.StartsWith("cuGraphLaunch", StringComparison.Ordinal));
        int last = Array.FindLastIndex(log, line => line.StartsWith("cuGraphLaunch", StringComparison.Ordinal));
        string[] others = [.. log[first..last].Where(line => !line.StartsWith("cuGraphLaunch", StringComparison.Ordinal)).Select(line => line.Split(' ')[0])];
        Assert.Equal(CudaWork.Repetitions - 1, last - first - others.Length);
        Assert.Equal(["cuEventCreate", "cuEventRecord", "cuStreamQuery"], others);
    }

    [FactNeedingFakeCuda]
    public async Task AFailureOfAnyCall_NamesTheCallAndTheCodeAndLeavesNothing()
    {
        string[] functions = [.. CudaApi.Functions.Except(Quiet).Except(Elsewhere)];
        using var folder = new TempFolder();
        ProgramOutcome outcome = await PlayAsync(
            CudaChild.Failures, new() { Log = folder["log"] }, string.Join('\n', functions.Select(function => $"{function}=1")));
        Assert.Empty(outcome.Error);
        string[] lines = outcome.Output.TrimEnd().Split('\n');
        Assert.Equal(functions.Length, lines.Length);
        foreach ((string function, string line) in functions.Zip(lines))
        {
            string call = function.Replace("_v2", "", StringComparison.Ordinal);
            string place = function == nameof(CudaApi.cuDeviceGetCount) ? "" : "cuda:0: ";
            Assert.Matches($"^{function}=1: {place}{call}( of [^:]+)? failed: invalid argument \\(CUDA_ERROR_INVALID_VALUE\\)$", line);
        }
        Assert.Equal(NoLeaks, File.ReadLines(folder["log"]).Last());
    }

    [FactNeedingFakeCuda]
    public async Task AFailureOfARelease_IsToldToNobody()
    {
        ProgramOutcome outcome = await PlayAsync(
            CudaChild.Failures, new(), string.Join('\n', Quiet.Select(function => $"{function}=1")));
        Assert.Empty(outcome.Error);
        Assert.Equal(Quiet.Select(function => $"{function}=1: ok"), outcome.Output.TrimEnd().Split('\n'));
    }

    [FactNeedingFakeCuda]
    public async Task ACode_IsOneLineWithItsMend()
    {
        (string Failure, string Line)[] cases =
        [
            ("cuMemAlloc_v2=2", "cuMemAlloc of 400 bytes failed: out of memory (CUDA_ERROR_OUT_OF_MEMORY), 8192 MiB are free; choose a smaller batch or network"),
            ("cuMemAlloc_v2=2;cuMemGetInfo_v2=1", "cuMemAlloc of 400 bytes failed: out of memory (CUDA_ERROR_OUT_OF_MEMORY); choose a smaller batch or network"),
            ("cuMemAlloc_v2=12345", "cuMemAlloc of 400 bytes failed: CUDA error 12345"),
            ("cuDevicePrimaryCtxRetain=46", "cuDevicePrimaryCtxRetain failed: CUDA-capable device(s) is/are busy or unavailable (CUDA_ERROR_DEVICE_UNAVAILABLE); another program has the card to itself: wait for it"),
            ("cuModuleLoadDataEx=209", "cuModuleLoadDataEx failed: no kernel image is available for execution on the device (CUDA_ERROR_NO_BINARY_FOR_GPU); the card is too old for these kernels"),
            ("cuModuleLoadDataEx=221", "cuModuleLoadDataEx failed: PTX JIT compiler library not found (CUDA_ERROR_JIT_COMPILER_NOT_FOUND); the driver's compiler (libnvidia-ptxjitcompiler) is missing: install the whole driver, or let the container see it"),
            ("cuGraphLaunch=719", "the card was lost in mid-run: cuGraphLaunch failed: unspecified launch failure (CUDA_ERROR_LAUNCH_FAILED); what was recorded is kept; run again"),
            ("cuStreamSynchronize=702", "the card was lost in mid-run: cuStreamSynchronize failed: the launch timed out and was terminated (CUDA_ERROR_LAUNCH_TIMEOUT); a card that drives a display has a limit to a kernel's time, as every card has on most Windows machines; what was recorded is kept; choose a smaller batch"),
            // Called once in a process: nothing fails any more, and no failure has spoilt the driver for the next queue.
            ("cuInit=1", "ok"),
        ];
        ProgramOutcome outcome = await PlayAsync(CudaChild.Failures, new(), string.Join('\n', cases.Select(one => one.Failure)));
        Assert.Empty(outcome.Error);
        Assert.Equal(
            cases.Select(one => $"{one.Failure}: {(one.Line == "ok" ? "" : "cuda:0: ")}{one.Line}"), outcome.Output.TrimEnd().Split('\n'));
    }

    [FactNeedingFakeCuda]
    public async Task ALostCard_IsSaidByEveryCallAndQuietlyDisposedOf()
    {
        ProgramOutcome outcome = await PlayAsync(CudaChild.LostCard, new());
        string[] lines = outcome.Output.TrimEnd().Split('\n');
        Assert.Equal(["launch", "read", "allocate", "mark", "dispose"], lines.Select(line => line.Split(':')[0]));
        Assert.All(lines[..^1], line =>
        {
            Assert.Contains(": cuda:0: the card was lost in mid-run: cu", line);
            Assert.EndsWith("(CUDA_ERROR_ILLEGAL_ADDRESS); what was recorded is kept; run again", line);
        });
        Assert.Equal("dispose: ok", lines[^1]);
        Assert.Equal(0, outcome.Status);
    }

    [FactNeedingFakeCuda]
    public async Task WhatCannotBe_IsRefusedAndTheWorkGoesOn()
    {
        ProgramOutcome outcome = await PlayAsync(CudaChild.Refusals, new());
        Assert.Empty(outcome.Error);
        var lines = outcome.Output.TrimEnd().Split('\n').ToDictionary(line => line.Split(':')[0]);
        Assert.StartsWith("memory: cuda:0: cuMemAlloc of 1048576 GiB failed: out of memory", lines["memory"]);
        Assert.Equal("kernel: cuda:0: cuModuleGetFunction of subtract failed: named symbol not found (CUDA_ERROR_NOT_FOUND)", lines["kernel"]);
        Assert.Equal("device: there is no cuda:7: the driver has one device, cuda:0", lines["device"]);
        Assert.Equal("capability: cuda:0: Fake GPU has compute capability 8.0; 12.0 or newer is needed", lines["capability"]);
        Assert.Matches("^version: .*CUDA_ERROR_UNSUPPORTED_PTX_VERSION\\), ptxas .*99\\.9.*; the driver is too old for these kernels: update it$", lines["version"]);
        Assert.Matches("^instruction: .*CUDA_ERROR_INVALID_PTX\\), ptxas .*muddle", lines["instruction"]);
    }

    /// <summary>No two threads of a block touch the same number without a barrier between, nor do two blocks of a launch, if one
    /// of them writes it.</summary>
    [FactNeedingFakeCuda]
    public async Task TheKernels_HaveNoRaces()
    {
        ProgramOutcome outcome = await PlayAsync(CudaChild.Races, new() { Races = true });
        Assert.Empty(outcome.Error);
        Assert.Equal(0, outcome.Status);
    }

    [TheoryNeedingFakeCuda]
    [InlineData(CudaChild.Together)]
    [InlineData(CudaChild.Forgotten)]
    [InlineData(CudaChild.Training)]
    public async Task AScene_GoesWellAndLeavesNothing(string scene)
    {
        string[] log = await LogOfAsync(scene, late: true);
        Assert.All(log[..^1], AssertIsWell);
        Assert.Equal(NoLeaks, log[^1]);
    }

    private static void AssertIsWell(string call)
    {
        string[] words = call.Split(' ');
        // That there is work left is an answer too.
        Assert.True(words[1] == "0" || (words[0], words[1]) == ("cuStreamQuery", "600"), call);
    }

    private static async Task<string[]> LogOfAsync(string scene, bool late)
    {
        using var folder = new TempFolder();
        ProgramOutcome outcome = await PlayAsync(scene, new() { Log = folder["log"], Late = late });
        Assert.Empty(outcome.Error);
        Assert.Equal(0, outcome.Status);
        return await File.ReadAllLinesAsync(folder["log"]);
    }

    private static Task<ProgramOutcome> PlayAsync(string scene, FakeCudaSwitches switches, string input = "") =>
        switches.RunAsync(ChildProcess.Tests, [CudaChild.Command, scene], input);
}
