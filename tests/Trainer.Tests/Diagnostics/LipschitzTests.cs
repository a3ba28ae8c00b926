using Trainer.Activations;
using Trainer.Diagnostics;
using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Networks;
using Trainer.Normalizations;
using Trainer.Randomness;
using Trainer.Tests.Activations;

namespace Trainer.Tests.Diagnostics;

public class LipschitzTests
{
    // The grid misses the very place of a largest slope by up to 0.0005: for a slope of second derivative up to 1, by 1e-7.
    private const double Tolerance = 1e-6;

    public static TheoryData<string> Activations() => ActivationList.Names();

    [Theory]
    [MemberData(nameof(Activations))]
    public void Constant_IsTheLargestSlope_OfEveryActivation(string name)
    {
        Activation activation = ActivationList.Find(name);
        Binary64[] z = [.. Enumerable.Range(-30_000, 60_001).Select(k => new Binary64((k / 1000.0) - 1e-12))];
        Binary64[] one = [.. z.Select(_ => new Binary64(1))], a = new Binary64[z.Length], slope = new Binary64[z.Length];
        var loops = NaiveActivation<Binary64>.Of(activation);
        loops.Forward(z, a);
        loops.Backward(one, z, a, slope);
        Assert.Equal(slope.Max(value => Math.Abs(value.Value)), LipschitzConstant.Of(activation), Tolerance);
    }

    [Theory]
    [InlineData(2, 1, 2)]
    [InlineData(0.5, 3, 3)]
    public void Constant_FollowsTheSetting(double slope, double alpha, double elu)
    {
        Assert.Equal(Math.Max(1, slope), LipschitzConstant.Of(new LeakyRelu { NegativeSlope = slope }));
        Assert.Equal(elu, LipschitzConstant.Of(new Elu { Alpha = elu }));
        Assert.Equal(1, LipschitzConstant.Of(new Elu { Alpha = alpha / 4 }));
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Bound_IsNeverExceeded_WithBatchNormalisationAndWithout(string name)
    {
        foreach (bool normalized in (bool[])[false, true])
        {
            var shape = new MlpShape([12, 6, 4, 3], normalized);
            var mlp = new Mlp(shape, ActivationList.Find(name)) { BatchNorm = normalized ? new BatchNorm() : null };
            float[] parameters = NetworkProbeTests.Drawn(shape);
            float[] statistics = [.. Enumerable.Range(0, shape.StatisticsCount).Select(k => 0.1f + (0.05f * k))];
            double[] norms = [.. shape.Layers.Select(layer =>
                SpectralNorm.Of(parameters.AsSpan(layer.WeightOffset, layer.WeightCount), layer.Inputs, layer.Outputs))];
            double bound = LipschitzBound.Of(mlp, norms, parameters, statistics);
            double steepest = Steepest(mlp, parameters, statistics);
            Assert.InRange(steepest, 1e-4 * bound, bound);
        }
    }

    [Fact]
    public void Bound_OfALinearNetwork_IsItsSpectralNorm_AndIsReached()
    {
        var shape = new MlpShape(4, 4);
        float[] parameters = [3, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0];
        double bound = LipschitzBound.Of(new Mlp(shape, []), [SpectralNorm.Of(parameters.AsSpan(0, 16), 4, 4)], parameters, []);
        Assert.Equal(3, bound, 1e-6);
    }

    /// <summary>The largest distance of two outputs, divided by that of the inputs, over many near pairs.</summary>
    private static double Steepest(Mlp mlp, float[] parameters, float[] statistics)
    {
        const int pairs = 200;
        var network = new NaiveNetwork<Binary64>(mlp, 2 * pairs);
        for (int k = 0; k < parameters.Length; k++)
        {
            network.Parameters[k] = new Binary64(parameters[k]);
        }
        for (int k = 0; k < statistics.Length; k++)
        {
            network.Statistics[k] = new Binary64(statistics[k]);
        }
        var random = new Philox(3, RandomStream.Noise, 9);
        double[] distances = new double[pairs];
        for (int pair = 0; pair < pairs; pair++)
        {
            float[] x = [.. Enumerable.Range(0, 12).Select(i => (float)random.Normal((ulong)((pair * 24) + i)))];
            float[] y = [.. x.Select((value, i) => value + (0.01f * (float)random.Normal((ulong)((pair * 24) + 12 + i))))];
            network.SetInput(2 * pair, x);
            network.SetInput((2 * pair) + 1, y);
            distances[pair] = EuclideanNorm.OfDifference(x, y);
        }
        network.Evaluate(new byte[2 * pairs], new Binary64[2 * pairs], new int[2 * pairs]);
        Binary64[] logits = [.. network.PreActivations(2)];
        return Enumerable.Range(0, pairs).Max(pair => Math.Sqrt(Enumerable.Range(0, 3).Sum(o =>
            Math.Pow(logits[(pair * 6) + o].Value - logits[(pair * 6) + 3 + o].Value, 2))) / distances[pair]);
    }
}
