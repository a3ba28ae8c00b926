using Trainer.Activations;
using Trainer.Devices;
using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Failures;
using Trainer.Networks;
using Trainer.Optimizers;
using Trainer.Tests.Engines;

namespace Trainer.Tests.Devices;

public class DeviceAccessTests
{
    private static readonly TrainingSetup Setup = new(
        new MlpShape(6, 3, 2), new Relu(), new Sgd { Lr = 0.1 }, TestData.Splits(8, 4, 6, 2), 4);

    private static DeviceChoice Card => new("cuda:0", "asked for", new GpuDevice(Trainer.Engines.Gpu.GpuApi.Cuda, TrialGpus.H100()));

    [Fact]
    public void SideBySide_OnAProcessor_EachHasAnEngineOfItsOwn()
    {
        IReadOnlyList<IEngine> engines = TrialGpus.None.CreateSideBySide(new DeviceChoice("cpu", "asked for"), [Setup, Setup], threads: 1);
        Assert.Equal(2, engines.Distinct().Count());
        Assert.All(engines, engine => Assert.StartsWith("cpu, 1 thread", engine.Description, StringComparison.Ordinal));
        Assert.Equal(1, DeviceAccess.MostSideBySide(new DeviceChoice("cpu", "asked for"), Setup));
        Dispose(engines);
    }

    [Fact]
    public void SideBySide_OnACard_TheyAreMadeTogether()
    {
        int together = 0;
        DeviceAccess access = TrialGpus.Cuda(TrialGpus.H100()) with
        {
            CreateGpuSideBySide = (setups, _, _) =>
            {
                together = setups.Count;
                return [.. setups.Select(setup => CpuEngine.Create(setup, 1))];
            },
        };
        IReadOnlyList<IEngine> engines = access.CreateSideBySide(Card, [Setup, Setup, Setup], threads: 1);
        Assert.Equal((3, 3), (together, engines.Count));
        Assert.InRange(DeviceAccess.MostSideBySide(Card, Setup), 2, 64);
        Dispose(engines);
    }

    [Fact]
    public void SideBySide_OnACardThatFails_SaysTheWayOut()
    {
        DeviceAccess access = TrialGpus.Cuda(TrialGpus.H100()) with { CreateGpuSideBySide = (_, _, _) => throw new DeviceException("lost") };
        DeviceException failure = Assert.Throws<DeviceException>(() => access.CreateSideBySide(Card, [Setup], threads: 1));
        Assert.Equal("lost; use --device cpu, which gives the same numbers", failure.Message);
    }

    private static void Dispose(IEnumerable<IEngine> engines)
    {
        foreach (IEngine engine in engines)
        {
            engine.Dispose();
        }
    }
}
