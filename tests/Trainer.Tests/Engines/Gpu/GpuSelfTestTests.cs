using Trainer.Activations;
using Trainer.Engines;
using Trainer.Engines.Gpu;
using Trainer.Engines.Gpu.Drivers;
using Trainer.Failures;
using Trainer.Networks;
using Trainer.Optimizers;

namespace Trainer.Tests.Engines.Gpu;

/// <summary>A device that computes other bits is refused before it trains anything.</summary>
public class GpuSelfTestTests
{
    private static readonly TrainingSetup Setup = new(
        new MlpShape(20, 9, 10), new Relu(), new Sgd { Lr = 0.1 }, TestData.Splits(40, 10, 20, 10), 8);

    [FactNeedingOpenCl]
    public void ADevice_ThatGivesAnotherBit_IsRefused_AndClosed()
    {
        var driver = new TwistedDriver(GpuEngine.DriverOf(GpuApi.OpenCl), twisted: true);
        DeviceException failure = Assert.Throws<DeviceException>(() => GpuEngine.Create(Setup, driver, TestDevices.OpenCl.Index));
        Assert.Matches(@"^opencl:\d+, .* does not compute the same bits as other devices: number \d+ of a trial is \S+ instead of \S+; ", failure.Message);
        Assert.True(driver.IsClosed);
    }

    [FactNeedingOpenCl]
    public void ADevice_ThatGivesAnotherBit_IsRefused_ForNetworksSideBySide_Too()
    {
        var driver = new TwistedDriver(GpuEngine.DriverOf(GpuApi.OpenCl), twisted: true);
        TrainingSetup[] setups = [Setup, Setup with { Optimizer = new Sgd { Lr = 0.2 } }, Setup with { Seed = 2 }];
        Assert.Throws<DeviceException>(() => GpuEngine.CreateSideBySide(setups, driver, TestDevices.OpenCl.Index));
        Assert.True(driver.IsClosed);
    }

    [FactNeedingOpenCl]
    public void ADevice_ThatGivesTheSameBits_IsTaken_AndClosedWithTheEngine()
    {
        var driver = new TwistedDriver(GpuEngine.DriverOf(GpuApi.OpenCl), twisted: false);
        using (GpuEngine.Create(Setup, driver, TestDevices.OpenCl.Index))
        {
            Assert.False(driver.IsClosed);
        }
        Assert.True(driver.IsClosed);
    }

    /// <summary>Whatever a training launches was tried before, on inputs that are images.</summary>
    [TheoryNeedingOpenCl]
    [InlineData("none", "33,17")]
    [InlineData("none", "")]
    [InlineData("activations of their own", "33,17,9")]
    [InlineData("mean squared error", "33")]
    [InlineData("all but normalisation", "33,17")]
    [InlineData("all but average", "33,17")]
    [InlineData("all but average", "")]
    public void AllThatASetupHas_IsTried(string feature, string hidden)
    {
        TrainingSetup setup = FeatureList.Setup(
            feature, [.. hidden.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)]);
        var driver = new TwistedDriver(GpuEngine.DriverOf(GpuApi.OpenCl), twisted: false);
        using IGpuQueue queue = driver.Open(TestDevices.OpenCl.Index, new GpuFormulas(setup).Program);
        GpuSelfTest.Check([setup], queue);
        HashSet<string> tried = [.. driver.Kernels];
        driver.Kernels.Clear();
        using var networks = new GpuNetworks([setup], queue);
        Assert.NotEmpty(driver.Kernels);
        Assert.Empty(driver.Kernels.Except(tried));
    }

    /// <summary>A driver whose device reads back its parameters with the last bit of the last one turned.</summary>
    private sealed class TwistedDriver(IGpuDriver inner, bool twisted) : IGpuDriver
    {
        public bool IsClosed { get; private set; }

        /// <summary>The kernels that were asked for.</summary>
        public HashSet<string> Kernels { get; } = [];

        public IReadOnlyList<GpuDeviceInfo> Devices() => inner.Devices();

        public IGpuQueue Open(int index, KernelProgram program) => new Queue(this, inner.Open(index, program));

        private sealed class Queue(TwistedDriver driver, IGpuQueue inner) : IGpuQueue
        {
            public string Description => inner.Description;

            public int Multiprocessors => inner.Multiprocessors;

            public long LocalMemory => inner.LocalMemory;

            private bool IsTwisted => driver.IsTwisted;

            public GpuBuffer Allocate(long bytes) => inner.Allocate(bytes);

            public void Write(GpuBuffer destination, long byteOffset, ReadOnlySpan<byte> source) => inner.Write(destination, byteOffset, source);

            public void Read(GpuBuffer source, long byteOffset, Span<byte> destination)
            {
                inner.Read(source, byteOffset, destination);
                if (IsTwisted)
                {
                    destination[^4] ^= 1;
                }
            }

            public GpuLaunch Prepare(string kernel, LaunchSize size, params ReadOnlySpan<GpuArgument> arguments)
            {
                driver.Kernels.Add(kernel);
                return inner.Prepare(kernel, size, arguments);
            }

            public void Enqueue(GpuLaunch launch) => inner.Enqueue(launch);

            public GpuSequence Record(IReadOnlyList<GpuLaunch> launches) => inner.Record(launches);

            public void Enqueue(GpuSequence sequence) => inner.Enqueue(sequence);

            public GpuMark Mark() => inner.Mark();

            public void Wait(GpuMark mark) => inner.Wait(mark);

            public void Dispose()
            {
                driver.IsClosed = true;
                inner.Dispose();
            }
        }

        private bool IsTwisted => twisted;
    }
}
