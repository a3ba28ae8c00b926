using Trainer.Activations;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Engines.Reference;
using Trainer.Networks;
using Trainer.Optimizers;

namespace Trainer.Tests.Engines;

/// <summary>Promise 2 at the ends of what the engine promises: widths 1 to 4096, batches 1 to 60,000.</summary>
public class ShapeLimitsTests
{
    [Theory]
    [InlineData("64-4096-10", 3, 1)]
    [InlineData("3-4096-513-2", 9, 7)]
    [InlineData("1-1-4096-1-2", 33, 32)]
    [InlineData("784-1000-10", 7, 5)]
    [InlineData("7-5-4-3", 60_000, 60_000)]
    [InlineData("1-1-2", 60_000, 59_999)]
    [InlineData("65-33-10", 2049, 2048)]
    [InlineData("2-1-2", 1, 1)]
    [InlineData("20-1-1-1-1-1-1-1-1-17-10", 30, 8)]
    public void Cpu_EqualsReference_AtTheLimits(string shape, int rows, int batch)
    {
        int[] sizes = [.. shape.Split('-').Select(int.Parse)];
        SplitSet data = TestData.Splits(rows, 67, sizes[0], sizes[^1]);
        var setup = new TrainingSetup(new MlpShape(sizes), new Relu(), new Sgd { Lr = 0.1, Momentum = 0.9 }, data, batch);
        var trial = new EdgeTrial(setup, EdgeStart.All[0], 1);
        using IEngine reference = ReferenceEngine.Create(setup);
        TrialRecord expected = trial.Run(reference);
        Assert.All(expected.Numbers("after: loss"), loss => Assert.True(float.IsFinite(loss)));
        foreach ((VectorWidth width, int threads) in ((VectorWidth, int)[])
            [(VectorWidth.Bits512, 2), (VectorWidth.Bits512, 8), (VectorWidth.Bits256, 3), (VectorWidth.Bits128, 5), (VectorWidth.Scalar, 1)])
        {
            using IEngine cpu = CpuEngine.CreateWithAllThreads(setup, threads, width);
            string? difference = expected.FirstDifference(trial.Run(cpu));
            Assert.True(difference is null, $"{difference} ({width}, {threads} threads)");
        }
    }
}
