using Trainer.Activations;
using Trainer.Data;
using Trainer.Diagnostics;
using Trainer.Engines;
using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Initializers;
using Trainer.Networks;
using Trainer.Normalizations;
using Trainer.Optimizers;
using Trainer.Tests.Engines;

namespace Trainer.Tests.Diagnostics;

public class NetworkProbeTests
{
    private static readonly MlpShape Shape = new(12, 6, 4, 3);

    [Fact]
    public void GradientNorm_IsThatOfTheEnginesGradientOnTheSameRows()
    {
        TrainingSetup setup = Setup(new Mlp(Shape, new Tanh()));
        float[] parameters = Drawn(Shape), gradient = new float[Shape.ParameterCount];
        using IEngine engine = ReferenceEngine.Create(setup);
        engine.WriteParameters(parameters);
        engine.Gradient([.. Enumerable.Range(0, NetworkProbe.MostRows)], gradient);
        IReadOnlyList<LayerProbe> layers = new NetworkProbe(setup.Network, setup.Data.Train).Measure(parameters);
        Assert.Equal(3, layers.Count);
        foreach (DenseLayer layer in Shape.Layers)
        {
            Assert.Equal(EuclideanNorm.Of(gradient.AsSpan(layer.WeightOffset, layer.WeightCount)), layers[layer.Index].GradientNorm);
            Assert.Equal(EuclideanNorm.Of(parameters.AsSpan(layer.WeightOffset, layer.WeightCount)), layers[layer.Index].WeightNorm);
        }
    }

    [Fact]
    public void DeadUnits_AreThoseWithSlopeZeroOnEveryRow_AndTheOutputHasNone()
    {
        float[] parameters = Drawn(Shape);
        DenseLayer first = Shape.Layers[0];
        parameters[first.BiasOffset + 2] = parameters[first.BiasOffset + 5] = -1000;
        IReadOnlyList<LayerProbe> relu = Measure(new Mlp(Shape, new Relu()), parameters);
        Assert.Equal(2.0 / 6, relu[0].DeadShare);
        Assert.Null(relu[0].SaturatedShare);
        Assert.Null(relu[2].DeadShare);
        Assert.Equal(0, Measure(new Mlp(Shape, new LeakyRelu()), parameters)[0].DeadShare);
    }

    [Theory]
    [InlineData(4.35f, 0)]
    [InlineData(4.38f, 1)]
    [InlineData(-4.38f, 1)]
    public void SaturatedShare_OfASigmoid_BeginsWhereItsSlopeIsATwentiethOfAQuarter(float z, double share)
    {
        float[] parameters = new float[Shape.ParameterCount];
        parameters.AsSpan(Shape.Layers[0].BiasOffset, 6).Fill(z);
        Assert.Equal(share, Measure(new Mlp(Shape, new Sigmoid()), parameters)[0].SaturatedShare);
    }

    [Fact]
    public void DistinctUnits_CountsEqualUnitsOnce_BiasAndWeights()
    {
        float[] parameters = Drawn(Shape);
        DenseLayer first = Shape.Layers[0];
        parameters.AsSpan(first.WeightOffset, 12).CopyTo(parameters.AsSpan(first.WeightOffset + 36, 12));
        parameters[first.BiasOffset + 3] = 0.1f;
        Assert.Equal(6, Measure(new Mlp(Shape, new Relu()), parameters)[0].DistinctUnits);
        parameters[first.BiasOffset + 3] = parameters[first.BiasOffset];
        Assert.Equal(5, Measure(new Mlp(Shape, new Relu()), parameters)[0].DistinctUnits);
        Assert.Equal(1, Measure(new Mlp(Shape, new Relu()), new float[Shape.ParameterCount])[1].DistinctUnits);
    }

    [Fact]
    public void SignalNorm_HoldsWhateverTheNumberOfRows()
    {
        // The same rows twice over: the mean loss, and what arrives of it, stay the same.
        float[] parameters = Drawn(Shape);
        Split data = TestData.Splits(40, 5, 12, 3).Train;
        var twice = new Split(data.Source, [.. data.Images, .. data.Images]);
        var mlp = new Mlp(Shape, new Tanh());
        double once = new NetworkProbe(mlp, data).Measure(parameters)[0].SignalNorm;
        Assert.Equal(once, new NetworkProbe(mlp, twice).Measure(parameters)[0].SignalNorm, 1e-6 * once);
    }

    [Fact]
    public void Measure_TakesTheRowsOwnStatistics_BehindABatchNormalisation()
    {
        var shape = new MlpShape([12, 6, 4, 3], isNormalized: true);
        var mlp = new Mlp(shape, new Sigmoid()) { BatchNorm = new BatchNorm() };
        float[] parameters = Drawn(shape);
        // However far out the weights push z, the normalisation brings it back.
        parameters.AsSpan(shape.Layers[0].WeightOffset, 72).Fill(50);
        Assert.Equal(0, Measure(mlp, parameters)[0].SaturatedShare);
    }

    [Fact]
    public void SignalNorm_BehindABatchNormalisation_DoesNotGoWithTheSizeOfTheWeights()
    {
        var shape = new MlpShape([12, 6, 4, 3], isNormalized: true);
        var mlp = new Mlp(shape, new Tanh()) { BatchNorm = new BatchNorm() };
        float[] parameters = Drawn(shape), larger = [.. parameters];
        foreach (ref float weight in larger.AsSpan(shape.Layers[0].WeightOffset, 72))
        {
            weight *= 1024;
        }
        LayerProbe before = Measure(mlp, parameters)[0], after = Measure(mlp, larger)[0];
        Assert.InRange(before.SignalNorm, 1e-3, 10);
        // ε beside the variance is all the difference that is left; to z the gradient is a thousandth.
        Assert.Equal(before.SignalNorm, after.SignalNorm, 0.01 * before.SignalNorm);
        Assert.InRange(after.GradientNorm / before.GradientNorm, 0.5 / 1024, 2.0 / 1024);
    }

    [Fact]
    public void SignalNorm_BehindABatchNormalisation_IsThatOfTheShifts()
    {
        // A shift β is added to y of every row, so ∂L/∂β is the sum of ∂L/∂y: with one row twice, both rows have the same.
        var shape = new MlpShape([12, 6, 3], isNormalized: true);
        var mlp = new Mlp(shape, new Sigmoid()) { BatchNorm = new BatchNorm() };
        Split data = TestData.Splits(40, 5, 12, 3).Train;
        var twins = new Split(data.Source, [data.Images[0], data.Images[0]]);
        float[] parameters = Drawn(shape), gradient = new float[shape.ParameterCount];
        var setup = new TrainingSetup(mlp, new Sgd { Lr = 0.1 }, new SplitSet(twins, null, data), 2);
        using IEngine engine = ReferenceEngine.Create(setup);
        engine.WriteParameters(parameters);
        engine.Gradient([0, 1], gradient);
        double expected = EuclideanNorm.Of(gradient.AsSpan(shape.Layers[0].ShiftOffset, 6)) / Math.Sqrt(6);
        Assert.Equal(expected, new NetworkProbe(mlp, twins).Measure(parameters)[0].SignalNorm, 1e-6 * expected);
    }

    internal static float[] Drawn(MlpShape shape)
    {
        float[] parameters = new float[shape.ParameterCount];
        new XavierNormal().Fill(shape, 5, parameters);
        return parameters;
    }

    private static TrainingSetup Setup(Mlp mlp) => new(mlp, new Sgd { Lr = 0.1 }, TestData.Splits(300, 20, 12, 3), 300);

    private static IReadOnlyList<LayerProbe> Measure(Mlp mlp, float[] parameters) =>
        new NetworkProbe(mlp, TestData.Splits(300, 20, 12, 3).Train).Measure(parameters);
}
