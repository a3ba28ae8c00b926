using System.Runtime.InteropServices;
using Trainer.Activations;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Engines.Reference;
using Trainer.Networks;
using Trainer.Optimizers;
using Trainer.Tests.Activations;
using Trainer.Tests.Optimizers;

namespace Trainer.Tests.Engines;

/// <summary>Promise 2: the same bits, whatever computes them.</summary>
public class EnginesAgreeTests
{
    private static readonly Optimizer Momentum = new Sgd { Lr = 0.05, Momentum = 0.9 };
    private static readonly Optimizer Adam = new Adam { Lr = 1e-3 };

    public static TheoryData<int, int, VectorWidth, int> Combinations()
    {
        var data = new TheoryData<int, int, VectorWidth, int>();
        foreach ((int optimizer, int activation) in ActivationList.WithOptimizers(OptimizerList.All.Count))
        {
            foreach (VectorWidth width in Enum.GetValues<VectorWidth>())
            {
                foreach (int threads in (int[])[1, 2, 3])
                {
                    data.Add(optimizer, activation, width, threads);
                }
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Cpu_EqualsReference_ToTheBit(int optimizer, int activation, VectorWidth width, int threads)
    {
        // 50 rows in batches of 16: the last batch has 2.
        TrainingSetup setup = Setup([37, 33, 17, 10], 50, 16, OptimizerList.All[optimizer].Optimizer, ActivationList.All[activation]);
        AssertSame(setup, width, threads);
    }

    [Theory]
    [InlineData(1, 7, 3, "1")]
    [InlineData(5, 1, 2, "33")]
    [InlineData(13, 5, 10, "64,1,64")]
    [InlineData(49, 64, 10, "")]
    [InlineData(784, 64, 10, "128,64")]
    public void Cpu_EqualsReference_ForOddShapes(int inputs, int batch, int outputs, string hidden)
    {
        int[] sizes = [inputs, .. hidden.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse), outputs];
        TrainingSetup setup = Setup(sizes, 130, batch, Momentum, new Sigmoid());
        AssertSame(setup, VectorWidths.Best, 1);
        AssertSame(setup, VectorWidths.Best, 2);
        AssertSame(setup, VectorWidths.Best, 5);
    }

    [Theory]
    [MemberData(nameof(FeatureList.Names), MemberType = typeof(FeatureList))]
    public void Cpu_EqualsReference_WithEveryFeature(string feature)
    {
        foreach (int[] hidden in (int[][])[[33, 17], [70, 9, 40], []])
        {
            TrainingSetup setup = FeatureList.Setup(feature, hidden);
            using IEngine reference = ReferenceEngine.Create(setup);
            int[] expected = TrainingTrial.Run(reference, setup, prepared: FeatureList.IsPrepared(feature));
            foreach (VectorWidth width in Enum.GetValues<VectorWidth>())
            {
                foreach (int threads in (int[])[1, 2, 3])
                {
                    using IEngine cpu = CpuEngine.CreateWithAllThreads(setup, threads, width);
                    Assert.Equal(expected, TrainingTrial.Run(cpu, setup, prepared: FeatureList.IsPrepared(feature)));
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(200)]
    public void Gradient_EqualsReference_ToTheBit_AndChangesNothing(int rows)
    {
        TrainingSetup setup = Setup([37, 33, 10], 200, 8, Adam, new Relu());
        int[] order = [.. Enumerable.Range(0, rows).Select(k => 199 - k)];
        using IEngine reference = ReferenceEngine.Create(setup);
        using IEngine cpu = CpuEngine.CreateWithAllThreads(setup, 2);
        int[] before = TrainingTrial.Run(reference, setup, 1);
        Assert.Equal(before, TrainingTrial.Run(cpu, setup, 1));
        float[] expected = new float[setup.Shape.ParameterCount];
        float[] actual = new float[setup.Shape.ParameterCount];
        float[] parameters = new float[setup.Shape.ParameterCount];
        float[] after = new float[setup.Shape.ParameterCount];
        cpu.ReadParameters(parameters);
        Assert.Equal(reference.Gradient(order, expected), cpu.Gradient(order, actual));
        Assert.Equal(MemoryMarshal.Cast<float, int>(expected).ToArray(), MemoryMarshal.Cast<float, int>(actual).ToArray());
        cpu.ReadParameters(after);
        Assert.Equal(MemoryMarshal.Cast<float, int>(parameters).ToArray(), MemoryMarshal.Cast<float, int>(after).ToArray());
        Assert.Contains(actual, g => g != 0);
    }

    [Fact]
    public void AGradientOfNoRows_IsRefused()
    {
        TrainingSetup setup = Setup([5, 3, 10], 20, 8, new Sgd { Lr = 0.1 }, new Relu());
        float[] gradient = new float[setup.Shape.ParameterCount];
        foreach (IEngine engine in (IEngine[])[ReferenceEngine.Create(setup), CpuEngine.Create(setup, 1)])
        {
            using (engine)
            {
                Assert.Throws<ArgumentException>(() => engine.Gradient([], gradient));
            }
        }
    }

    [Fact]
    public void ACancelledCall_ChangesNothing()
    {
        TrainingSetup setup = Setup([20, 9, 10], 40, 8, Adam, new Sigmoid());
        using IEngine engine = CpuEngine.CreateWithAllThreads(setup, 2);
        TrainingTrial.Run(engine, setup, 1);
        float[] before = new float[setup.Shape.ParameterCount];
        float[] after = new float[setup.Shape.ParameterCount];
        engine.ReadParameters(before);
        var plan = new EpochPlan([.. Enumerable.Range(0, 40)], 8, 5, _ => 0.01);
        Assert.Throws<OperationCanceledException>(
            () => engine.Train(plan, .., new RowResults(40), new CancellationToken(canceled: true)));
        engine.ReadParameters(after);
        Assert.Equal(before, after);
    }

    [Fact]
    public void NewParameters_AfterADivergence_AreAsGoodAsOnANewEngine()
    {
        TrainingSetup setup = Setup([20, 9, 10], 40, 8, new Sgd { Lr = 1e30 }, new Relu());
        using IEngine used = CpuEngine.CreateWithAllThreads(setup, 2);
        TrainingTrial.Run(used, setup, 3);
        using IEngine fresh = CpuEngine.CreateWithAllThreads(setup, 2);
        Assert.Equal(TrainingTrial.Run(fresh, setup, 1), TrainingTrial.Run(used, setup, 1));
    }

    [Fact]
    public void State_GoesOutAndBack_SoThatTrainingContinuesToTheBit()
    {
        TrainingSetup setup = Setup([20, 9, 10], 40, 8, Adam, new Sigmoid());
        using IEngine first = CpuEngine.CreateWithAllThreads(setup, 1);
        TrainingTrial.Run(first, setup, 1);
        using IEngine second = ReferenceEngine.Create(setup);
        float[] vector = new float[setup.Shape.ParameterCount];
        first.ReadParameters(vector);
        second.WriteParameters(vector);
        for (int s = 0; s < first.StateCount; s++)
        {
            first.ReadState(s, vector);
            second.WriteState(s, vector);
        }
        var plan = new EpochPlan([.. Enumerable.Range(0, 40)], 8, 5, _ => 0.01);
        var results = new RowResults(40);
        first.Train(plan, .., results);
        second.Train(plan, .., results);
        float[] a = new float[vector.Length];
        first.ReadParameters(a);
        second.ReadParameters(vector);
        Assert.Equal(MemoryMarshal.Cast<float, int>(a).ToArray(), MemoryMarshal.Cast<float, int>(vector).ToArray());
    }

    private static void AssertSame(TrainingSetup setup, VectorWidth width, int threads)
    {
        using IEngine reference = ReferenceEngine.Create(setup);
        using IEngine cpu = CpuEngine.CreateWithAllThreads(setup, threads, width);
        Assert.Equal(TrainingTrial.Run(reference, setup), TrainingTrial.Run(cpu, setup));
    }

    private static TrainingSetup Setup(int[] sizes, int rows, int batch, Optimizer optimizer, Activation activation)
    {
        SplitSet data = TestData.Splits(rows, 23, sizes[0], sizes[^1]);
        return new TrainingSetup(new MlpShape(sizes), activation, optimizer, data, batch);
    }
}
