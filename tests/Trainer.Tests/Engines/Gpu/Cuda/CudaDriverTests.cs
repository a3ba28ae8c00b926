using Trainer.Engines.Gpu.Cuda;
using Trainer.Failures;
using Trainer.Tests.Commands;
using Trainer.Tests.Engines.Gpu.FakeCuda;
using Trainer.Tests.Processes;

namespace Trainer.Tests.Engines.Gpu.Cuda;

/// <summary>What is said of a driver and its cards before any work; each in a process of its own, which loads a driver once.</summary>
public sealed class CudaDriverTests
{
    [FactNeedingFakeCuda]
    public async Task Devices_AreListedAndOpened()
    {
        ProgramOutcome outcome = await OpenAsync(new() { Name = "NVIDIA Fake", Devices = 2 });
        Assert.Equal(0, outcome.Status);
        string[] lines = outcome.Output.TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Contains("Index = 0, Name = NVIDIA Fake, Memory = 8589934592, Driver = CUDA 12.2, Problem =  }", lines[0]);
        Assert.Contains("Index = 1, Name = NVIDIA Fake", lines[1]);
        Assert.Equal("cuda:0, NVIDIA Fake, 16 multiprocessors", lines[2]);
    }

    [FactOnMachinesWithoutDriver]
    public async Task WithoutADriver_ItsLibraryIsNamed()
    {
        ProgramOutcome outcome = await OpenAsync(new(), folder: "");
        Assert.Equal((int)ExitCode.Device, outcome.Status);
        Assert.Equal($"{FactOnMachinesWithoutDriverAttribute.Library} not found", outcome.OneErrorLine());
    }

    [TheoryNeedingFakeCuda]
    [InlineData(nameof(CudaApi.cuGraphInstantiateWithFlags))]
    [InlineData(nameof(CudaApi.cuInit))]
    public async Task ADriverThatLacksAFunction_IsTooOld(string lacking)
    {
        ProgramOutcome outcome = await OpenAsync(new(), FakeCudaLibrary.Without(lacking));
        Assert.Equal((int)ExitCode.Device, outcome.Status);
        Assert.Equal($"the driver has no {lacking}; update it (CUDA 11.4 or newer is needed)", outcome.OneErrorLine());
    }

    [FactNeedingFakeCuda]
    public async Task ADriverOfAnOldVersion_IsTooOld()
    {
        ProgramOutcome outcome = await OpenAsync(new() { Driver = 11020 });
        Assert.Equal((int)ExitCode.Device, outcome.Status);
        Assert.Equal("the driver is one of CUDA 11.2; update it (CUDA 11.4 or newer is needed)", outcome.OneErrorLine());
    }

    [FactNeedingFakeCuda]
    public async Task ADriverWithoutACard_SaysSo()
    {
        ProgramOutcome outcome = await OpenAsync(new() { Devices = 0 });
        Assert.Equal((int)ExitCode.Device, outcome.Status);
        Assert.Equal(
            "cuInit failed: no CUDA-capable device is detected (CUDA_ERROR_NO_DEVICE); CUDA_VISIBLE_DEVICES may hide one",
            outcome.OneErrorLine());
    }

    [FactNeedingFakeCuda]
    public async Task ACardThatIsTooOld_IsListedWithTheReasonAndNotOpened()
    {
        using var folder = new TempFolder();
        const string Reason = "NVIDIA GeForce GT 710 has compute capability 3.5; 5.0 or newer is needed";
        ProgramOutcome outcome = await OpenAsync(new() { Compute = "3.5", Name = "NVIDIA GeForce GT 710", Log = folder["log"] });
        Assert.Equal((int)ExitCode.Device, outcome.Status);
        Assert.Contains($"Problem = {Reason} }}", outcome.Output);
        Assert.Equal($"cuda:0: {Reason}", outcome.OneErrorLine());
        // A context takes a good part of a second and of the card's memory: neither list nor refusal makes one.
        Assert.DoesNotContain("Ctx", await File.ReadAllTextAsync(folder["log"]));
    }

    [FactNeedingFakeCuda]
    public async Task ACardThatDoesNotAnswer_IsListedWithTheReason()
    {
        ProgramOutcome outcome = await OpenAsync(new() { Fail = "cuDeviceGetName=101" });
        const string Reason = "cuda:0: cuDeviceGetName failed: invalid device ordinal (CUDA_ERROR_INVALID_DEVICE)";
        Assert.Contains($"Problem = {Reason} }}", outcome.Output);
        Assert.Equal(Reason, outcome.OneErrorLine());
    }

    [TheoryNeedingFakeCuda]
    [InlineData("cuDriverGetVersion=1", "cuDriverGetVersion failed: invalid argument (CUDA_ERROR_INVALID_VALUE)")]
    [InlineData("cuInit=34", "cuInit failed: CUDA driver is a stub library (CUDA_ERROR_STUB_LIBRARY); this libcuda is a toolkit's stub: take its folder out of LD_LIBRARY_PATH")]
    [InlineData("cuInit=803", "cuInit failed: system has unsupported display driver / cuda driver combination (CUDA_ERROR_SYSTEM_DRIVER_MISMATCH); the driver was updated since the machine was started: restart it")]
    [InlineData("cuInit=12345", "cuInit failed: CUDA error 12345")]
    [InlineData("cuDeviceGetCount=3", "cuDeviceGetCount failed: initialization error (CUDA_ERROR_NOT_INITIALIZED)")]
    public async Task ADriverThatDoesNotStart_IsToldInOneLine(string failure, string line)
    {
        ProgramOutcome outcome = await OpenAsync(new() { Fail = failure });
        Assert.Equal((int)ExitCode.Device, outcome.Status);
        Assert.Equal(line, outcome.OneErrorLine());
        Assert.Empty(outcome.Output);
    }

    private static Task<ProgramOutcome> OpenAsync(FakeCudaSwitches switches, string? folder = null) =>
        switches.RunAsync(ChildProcess.Tests, [CudaChild.Command, CudaChild.Open], folder: folder);
}
