using Trainer.Activations;
using Trainer.Data;
using Trainer.Diagnostics;
using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Networks;
using Trainer.Optimizers;
using Trainer.Tests.Engines;

namespace Trainer.Tests.Diagnostics;

public class NoiseProbeTests
{
    private static readonly MlpShape Shape = new(12, 6, 3);
    private static readonly TrainingSetup Setup = new(Shape, new Relu(), new Sgd { Lr = 0.1 }, TestData.Splits(50, 300, 12, 3), 16);

    [Fact]
    public void WithoutNoise_TheAccuracyIsThatOfTheEngine()
    {
        float[] parameters = NetworkProbeTests.Drawn(Shape);
        using IEngine engine = CpuEngine.Create(Setup, 1);
        engine.WriteParameters(parameters);
        var results = new RowResults(300);
        engine.Evaluate(SplitName.Test, 0..300, results);
        Assert.Equal(results.Summarize(Setup.Data.Test).Accuracy, Measure(parameters, 1)[0]);
    }

    [Fact]
    public void Noise_IsTheSameEveryTime_AndAnotherForAnotherSeed()
    {
        float[] parameters = NetworkProbeTests.Drawn(Shape);
        IReadOnlyList<double> first = Measure(parameters, 1);
        Assert.Equal(NoiseProbe.Deviations.Count, first.Count);
        Assert.Equal(first, Measure(parameters, 1));
        Assert.NotEqual(first, Measure(parameters, 2));
        Assert.Equal(first[0], Measure(parameters, 2)[0]);
    }

    private static IReadOnlyList<double> Measure(float[] parameters, ulong seed) =>
        new NoiseProbe(Setup.Network, Setup.Data.Test, seed).Measure(parameters, []);
}
