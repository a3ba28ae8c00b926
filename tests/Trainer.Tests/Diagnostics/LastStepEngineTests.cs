using Trainer.Activations;
using Trainer.Diagnostics;
using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Networks;
using Trainer.Optimizers;
using Trainer.Tests.Engines;

namespace Trainer.Tests.Diagnostics;

public class LastStepEngineTests
{
    private static readonly MlpShape Shape = new(12, 6, 3);
    private static readonly TrainingSetup Setup = new(Shape, new Relu(), new Adam { Lr = 0.01 }, TestData.Splits(50, 20, 12, 3), 16);
    private static readonly EpochPlan Plan = new([.. Enumerable.Range(0, 50)], 16, 0, _ => 0.01);

    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    [InlineData(3)]
    public void BeforeAndAfter_AreTheParametersAroundTheLastStep_HoweverTheEpochIsSliced(int slice)
    {
        using IEngine plain = Fresh();
        var expected = Read(plain, 3);
        using IEngine inner = Fresh();
        using var watched = new LastStepEngine(inner, Shape.ParameterCount);
        var results = new RowResults(50);
        for (int step = 0; step < 4; step += slice)
        {
            Assert.False(watched.HasStep);
            watched.Train(Plan, step..Math.Min(step + slice, 4), results);
        }
        Assert.True(watched.HasStep);
        Assert.Equal(expected, watched.Before);
        Assert.Equal(Read(plain, 4, from: 3), watched.After);
        // Of the next epoch it is not.
        watched.Train(Plan, 0..1, results);
        Assert.False(watched.HasStep);
    }

    [Fact]
    public void Gradient_AndParameters_AreThoseOfTheEngineWithin()
    {
        using IEngine inner = Fresh();
        using var watched = new LastStepEngine(inner, Shape.ParameterCount);
        float[] one = new float[Shape.ParameterCount], other = new float[Shape.ParameterCount];
        Assert.Equal(inner.Gradient([0, 1, 2], one), watched.Gradient([0, 1, 2], other));
        Assert.Equal(one, other);
        watched.WriteParameters(one);
        inner.ReadParameters(other);
        Assert.Equal(one, other);
        Assert.Equal((inner.Description, inner.StateCount), (watched.Description, watched.StateCount));
    }

    private static IEngine Fresh()
    {
        IEngine engine = CpuEngine.Create(Setup, 1);
        engine.WriteParameters(NetworkProbeTests.Drawn(Shape));
        return engine;
    }

    private static float[] Read(IEngine engine, int to, int from = 0)
    {
        engine.Train(Plan, from..to, new RowResults(50));
        float[] parameters = new float[Shape.ParameterCount];
        engine.ReadParameters(parameters);
        return parameters;
    }
}
