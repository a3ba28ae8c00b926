using Trainer.Devices;
using Trainer.Engines.Gpu;
using Trainer.Failures;

namespace Trainer.Tests.Devices;

public class DeviceChoiceTests
{
    private const string Mend = "use --device cpu, which gives the same numbers";

    [Fact]
    public void Auto_WithoutADriver_TakesTheProcessor_AndSaysWhatIsMissing() =>
        Assert.Equal(("cpu", "auto: libcuda.so.1 not found"), Chosen("auto", TrialGpus.None));

    [Fact]
    public void Auto_WithADriverButNoDevice_TakesTheProcessor() =>
        Assert.Equal(("cpu", "auto: the driver knows no device"), Chosen("auto", TrialGpus.Cuda()));

    [Fact]
    public void Auto_WithCardsOfNoUse_TakesTheProcessor_AndSaysWhatIsWrongWithEach()
    {
        Assert.Equal(
            ("cpu", "auto: NVIDIA GeForce GT 710: compute capability 3.5; 5.0 is needed"),
            Chosen("auto", TrialGpus.Cuda(TrialGpus.Gt710())));
        // A driver that names the device itself is not made to name it twice.
        GpuDeviceInfo outdated = TrialGpus.H100(1) with { Problem = "NVIDIA H100 80GB HBM3 needs a newer driver" };
        Assert.Equal(
            ("cpu", "auto: NVIDIA GeForce GT 710: compute capability 3.5; 5.0 is needed; NVIDIA H100 80GB HBM3 needs a newer driver"),
            Chosen("auto", TrialGpus.Cuda(TrialGpus.Gt710(), outdated)));
    }

    [Theory]
    [InlineData("auto", "auto: the first CUDA device that can be used; driver 12.4")]
    [InlineData("cuda", "asked for cuda, the first device that can be used; driver 12.4")]
    public void AutoAndCuda_TakeTheFirstDeviceThatCanBeUsed(string name, string reason)
    {
        Assert.Equal(("cuda:0", reason), Chosen(name, TrialGpus.Cuda(TrialGpus.H100(), TrialGpus.H100(1))));
        Assert.Equal(("cuda:2", reason), Chosen(name, TrialGpus.Cuda(TrialGpus.Gt710(), TrialGpus.Gt710(1), TrialGpus.H100(2), TrialGpus.H100(3))));
    }

    [Fact]
    public void Auto_LeavesOpenClAlone()
    {
        DeviceAccess machine = TrialGpus.With(null, [TrialGpus.Pocl()]);
        Assert.Equal(("cpu", "auto: libcuda.so.1 not found"), Chosen("auto", machine));
        Assert.Equal(("opencl:0", "asked for opencl, the first device that can be used; driver PoCL 3.1"), Chosen("opencl", machine));
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("reference")]
    public void EnginesOfTheProcessor_AskNoDriver(string name)
    {
        DeviceChoice choice = DeviceChoice.For(new DeviceName(name, null), "--device", _ => throw new InvalidOperationException("asked"));
        Assert.Equal(new DeviceChoice(name, "asked for"), choice);
    }

    [Fact]
    public void ANumber_TakesExactlyThatDevice()
    {
        DeviceAccess machine = TrialGpus.With([TrialGpus.Gt710(), TrialGpus.H100(1)], [TrialGpus.H100(), TrialGpus.Pocl(1)]);
        Assert.Equal(("cuda:1", "asked for; driver 12.4"), Chosen("cuda:1", machine));
        Assert.Equal(("opencl:1", "asked for; driver PoCL 3.1"), Chosen("opencl:1", machine));
        Assert.Equal(
            $"--device: cuda:0 cannot be used: NVIDIA GeForce GT 710: compute capability 3.5; 5.0 is needed; {Mend}",
            Refusal("cuda:0", machine));
        Assert.Equal($"--device: no device cuda:2: there are 2 devices, cuda:0 to cuda:1; {Mend}", Refusal("cuda:2", machine));
        Assert.Equal($"--device: no device cuda:1: there is 1 device, cuda:0; {Mend}", Refusal("cuda:1", TrialGpus.Cuda(TrialGpus.H100())));
        Assert.Equal($"--device: no device cuda:0: there is none (the driver knows no device); {Mend}", Refusal("cuda:0", TrialGpus.Cuda()));
        Assert.Equal($"--device: no device opencl:0: there is none (libOpenCL.so.1 not found); {Mend}", Refusal("opencl:0", TrialGpus.None));
    }

    [Fact]
    public void AnEngineWithoutAUsableDevice_SaysWhy()
    {
        Assert.Equal($"--device: no cuda device can be used: libcuda.so.1 not found; {Mend}", Refusal("cuda", TrialGpus.None));
        Assert.Equal($"--device: no opencl device can be used: libOpenCL.so.1 not found; {Mend}", Refusal("opencl", TrialGpus.Cuda(TrialGpus.H100())));
        Assert.Equal(
            $"--device: no cuda device can be used: NVIDIA GeForce GT 710: compute capability 3.5; 5.0 is needed; {Mend}",
            Refusal("cuda", TrialGpus.Cuda(TrialGpus.Gt710())));
    }

    private static DeviceChoice For(string name, DeviceAccess machine) =>
        DeviceChoice.For(DeviceName.Parse(name, "--device"), "--device", machine.List);

    private static (string Name, string Reason) Chosen(string name, DeviceAccess machine)
    {
        DeviceChoice choice = For(name, machine);
        return (choice.Name, choice.Reason);
    }

    private static string Refusal(string name, DeviceAccess machine) =>
        Assert.Throws<DeviceException>(() => For(name, machine)).Message;
}
