using System.Security.Cryptography;
using System.Text;
using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Gpu;
using Trainer.Benchmarks.Kernels;
using Trainer.Devices;
using Trainer.Engines.Gpu;
using Trainer.Tests.Engines.Gpu;

namespace Trainer.Tests.Benchmarks;

public class GpuTrialTests
{
    // Of 20 rows: three steps, the last of them short.
    private static readonly TrainingCase Small = new() { Hidden = [6, 5], BatchSize = 8 };

    [FactNeedingOpenCl]
    public void WithoutRowsOrLaunches_NothingIsTrained()
    {
        using GpuTrial trial = Open(1);
        float[] before = trial.Parameters(0);
        trial.Train(1, QueueMode.NoRows, CancellationToken.None);
        long idle = trial.LaunchesOfEpoch;
        trial.Train(1, QueueMode.HostAlone, CancellationToken.None);
        Assert.Equal(0, trial.LaunchesOfEpoch);
        Assert.Equal(before, trial.Parameters(0));

        trial.Train(1, QueueMode.Everything, CancellationToken.None);
        Assert.NotEqual(before, trial.Parameters(0));
        // What is launched without rows is what training launches.
        Assert.Equal(trial.LaunchesOfEpoch, idle);
        Assert.True(idle > trial.Steps);
    }

    [FactNeedingOpenCl]
    public void NetworksSideBySide_BeginFromSeedsOfTheirOwn()
    {
        using GpuTrial trial = Open(2);
        trial.Train(1, QueueMode.Everything, CancellationToken.None);
        Assert.NotEqual(trial.Parameters(0), trial.Parameters(1));
        using GpuTrial alone = Open(1);
        alone.Train(1, QueueMode.Everything, CancellationToken.None);
        Assert.Equal(alone.Parameters(0), trial.Parameters(0));
    }

    [FactNeedingOpenCl]
    public void Ceilings_AreMeasured()
    {
        GpuCeilings ceilings = GpuCeilings.Measure(Device(), 1 << 16);
        Assert.All([ceilings.Operations, ceilings.Bytes, ceilings.Link], value => Assert.True(value is > 0 and < double.PositiveInfinity));
    }

    [Fact]
    public void TheCommittedPtx_IsOfTheSourceAsItIs()
    {
        string ptx = Encoding.ASCII.GetString(GpuCeilings.Ptx());
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(GpuCeilings.Source())));
        Assert.True(ptx.StartsWith($"// source SHA-256: {hash}\n", StringComparison.Ordinal), "run scripts/bench/build-ceilings.sh");
        Assert.EndsWith("\0", ptx);
    }

    private static GpuTrial Open(int networks) => new(Device(), Small, RandomImages.Of(20, 4), networks);

    private static GpuDevice Device() => new(GpuApi.OpenCl, TestDevices.OpenCl.Device);
}
