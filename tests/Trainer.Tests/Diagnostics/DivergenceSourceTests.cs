using Trainer.Activations;
using Trainer.Data;
using Trainer.Diagnostics;
using Trainer.Engines;
using Trainer.Engines.Reference;
using Trainer.Losses;
using Trainer.Networks;
using Trainer.Normalizations;
using Trainer.Optimizers;
using Trainer.Regularizers;
using Trainer.Tests.Engines;

namespace Trainer.Tests.Diagnostics;

/// <summary>The layer in which a training diverged, in networks that were made to overflow in a place of the test's choice.</summary>
public class DivergenceSourceTests
{
    private const int Rows = 8;
    private const float Huge = 3e38f;
    private static readonly SplitSet Data = TestData.Splits(40, 12, 12, 3);

    public static TheoryData<Activation, bool, Loss, int> Networks()
    {
        var all = new TheoryData<Activation, bool, Loss, int>();
        foreach (Activation activation in new Activation[] { new Relu(), new Gelu(), new Sigmoid(), new Tanh() })
        {
            foreach (Loss loss in new Loss[] { new CrossEntropy(), new CrossEntropy { LabelSmoothing = 0.1 }, new MeanSquaredError() })
            {
                foreach (int layer in new[] { 0, 1, 2 })
                {
                    all.Add(activation, false, loss, layer);
                    all.Add(activation, true, loss, layer);
                }
            }
        }
        return all;
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void PreActivationThatOverflows_IsTheOrigin_WhateverComesOfItBehind(Activation activation, bool isNormalized, Loss loss, int layer)
    {
        TrainingSetup setup = Setup(activation, isNormalized, loss);
        float[] parameters = Positive(setup.Shape);
        DenseLayer chosen = setup.Shape.Layers[layer];
        parameters.AsSpan(chosen.WeightOffset + (2 * chosen.Inputs), chosen.Inputs).Fill(Huge);
        parameters[chosen.BiasOffset + 2] = Huge;
        DivergenceOrigin? origin = OfStep(setup, parameters);
        if (activation is Sigmoid or Tanh && !isNormalized && layer < 2)
        {
            // Of infinity they make 1, and the loss is as good as ever.
            Assert.Null(origin);
            return;
        }
        Assert.NotNull(origin);
        Assert.Equal((layer + 1, DivergencePlace.PreActivation, 2), (origin.LayerNumber, origin.Place, origin.Unit));
        Assert.Equal(
            $"began in layer {layer + 1} ({chosen.Inputs} -> {chosen.Outputs}): pre-activation of unit 3 {(float.IsNaN(origin.Value) ? "became not a number" : "overflowed to infinity")}",
            origin.ToString());
        Assert.Equal(origin, DivergenceSource.OfUpdate(setup, parameters, Inputs(), Labels(), 1, parameters));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void NetworkThatIsFinite_HasNoOrigin(Activation activation, bool isNormalized, Loss loss, int layer)
    {
        TrainingSetup setup = Setup(activation, isNormalized, loss, dropout: 0.1 * layer);
        float[] parameters = Positive(setup.Shape), statistics = Statistics(setup.Shape);
        Assert.Null(OfStep(setup, parameters));
        Assert.Null(DivergenceSource.OfUpdate(setup, parameters, Inputs(), Labels(), 1, parameters));
        Assert.Null(DivergenceSource.OfEvaluation(setup.Network, parameters, statistics, Data.Test));
    }

    [Theory]
    [InlineData(DivergencePlace.Weight, 1, float.NaN, "a weight of unit 4 was not a number any more before the step")]
    [InlineData(DivergencePlace.Bias, 0, float.NegativeInfinity, "bias of unit 4 was infinite before the step")]
    [InlineData(DivergencePlace.Scale, 1, float.PositiveInfinity, "gamma of unit 4 was infinite before the step")]
    [InlineData(DivergencePlace.Shift, 0, float.NaN, "beta of unit 4 was not a number any more before the step")]
    public void ParameterThatIsSpoilt_ComesBeforeWhatItSpoils(DivergencePlace place, int layer, float value, string text)
    {
        TrainingSetup setup = Setup(new Relu(), isNormalized: true, new CrossEntropy());
        float[] parameters = Positive(setup.Shape), whole = Positive(setup.Shape);
        DenseLayer chosen = setup.Shape.Layers[layer];
        int at = place switch
        {
            DivergencePlace.Weight => chosen.WeightOffset + (3 * chosen.Inputs) + 1,
            DivergencePlace.Bias => chosen.BiasOffset + 3,
            DivergencePlace.Scale => chosen.ScaleOffset + 3,
            _ => chosen.ShiftOffset + 3,
        };
        parameters[at] = value;
        parameters[setup.Shape.Layers[^1].BiasOffset] = value;
        DivergenceOrigin? origin = OfStep(setup, parameters);
        Assert.Equal($"began in layer {layer + 1} ({chosen.Inputs} -> {chosen.Outputs}): {text}", origin?.ToString());
        Assert.Equal((place, 3, null), (origin!.Place, origin.Unit, origin.Row));
        Assert.Equal(origin, DivergenceSource.OfEvaluation(setup.Network, parameters, Statistics(setup.Shape), Data.Test));
        // As seen from the step that made it: nothing but the update can have.
        origin = DivergenceSource.OfUpdate(setup, whole, Inputs(), Labels(), 1, parameters);
        Assert.Equal((layer + 1, DivergencePlace.Update, 3), (origin!.LayerNumber, origin.Place, origin.Unit));
    }

    [Fact]
    public void SumsOfABatchNormalisation_AreToldFromWhatTheyNormalise()
    {
        TrainingSetup setup = Setup(new Relu(), isNormalized: true, new CrossEntropy());
        float[] parameters = Positive(setup.Shape);
        // Each z is finite, but not the sum of eight.
        parameters[setup.Shape.Layers[1].BiasOffset + 1] = Huge / 2;
        Assert.Equal("began in layer 2 (8 -> 6): batch normalisation of unit 2 became not a number", OfStep(setup, parameters)?.ToString());
    }

    [Fact]
    public void ActivationThatDropoutScales_IsToldFromItsPreActivation_WithTheMasksOfTheStep()
    {
        TrainingSetup setup = Setup(new Relu(), isNormalized: false, new CrossEntropy(), dropout: 0.5);
        float[] parameters = Positive(setup.Shape);
        parameters[setup.Shape.Layers[1].BiasOffset + 4] = Huge;
        var masks = new DropoutMask(setup.Shape, 0.5, setup.Seed);
        const int step = 3;
        int first = Enumerable.Range(0, Rows).First(row =>
        {
            float[] mask = new float[6];
            masks.Fill(masks.Source(step), row, 1, 0, mask);
            return mask[4] != 0;
        });
        DivergenceOrigin? origin = DivergenceSource.OfStep(setup, parameters, Inputs(), Labels(), step);
        Assert.Equal(new DivergenceOrigin(setup.Shape.Layers[1], DivergencePlace.Activation, 4, float.PositiveInfinity, first), origin);
    }

    [Theory]
    [InlineData(false, "its outputs were finite, the loss overflowed to infinity")]
    [InlineData(true, "its outputs were finite, the loss overflowed to infinity")]
    public void LossThatOverflows_IsOfTheOutputLayer(bool isSquared, string text)
    {
        TrainingSetup setup = Setup(new Relu(), isNormalized: false, isSquared ? new MeanSquaredError() : new CrossEntropy());
        float[] parameters = Positive(setup.Shape);
        DenseLayer last = setup.Shape.Layers[^1];
        float large = isSquared ? 1e20f : Huge;
        new[] { -large, large, -large }.CopyTo(parameters, last.BiasOffset);
        Assert.Equal($"began in layer 3 (6 -> 3): {text}", OfStep(setup, parameters)?.ToString());
    }

    [Theory]
    [InlineData(2, 1e30f, 1e-12f)]
    [InlineData(1, 1e-7f, 1e25f)]
    public void GradientThatOverflows_BehindAFiniteLoss_IsFoundFromTheOutputBack(int layer, float activation, float weight)
    {
        // Outputs of about 1e18 have a squared error of 1e36 and a gradient of 1e17. Times activations of 1e30 that is too much for the
        // gradient of the output layer's weights; times weights of 1e25 for what comes to the layer before.
        TrainingSetup setup = Setup(new Relu(), isNormalized: false, new MeanSquaredError());
        float[] parameters = Positive(setup.Shape);
        (DenseLayer hidden, DenseLayer last) = (setup.Shape.Layers[1], setup.Shape.Layers[2]);
        parameters.AsSpan(hidden.WeightOffset, hidden.WeightCount).Clear();
        parameters.AsSpan(hidden.BiasOffset, hidden.Outputs).Fill(activation);
        parameters.AsSpan(last.WeightOffset, last.WeightCount).Fill(weight);
        Assert.Null(OfStep(setup, parameters));
        DivergenceOrigin? origin = DivergenceSource.OfUpdate(setup, parameters, Inputs(), Labels(), 1, parameters);
        Assert.Equal((layer + 1, DivergencePlace.Gradient), (origin!.LayerNumber, origin.Place));
        Assert.Contains(": gradient of unit 1 overflowed to infinity", origin.ToString());
    }

    [Fact]
    public void InfinityThatDoesNoHarm_IsPassedOver()
    {
        // Of -infinity relu makes 0; that a number behind it overflows has nothing to do with it.
        TrainingSetup setup = Setup(new Relu(), isNormalized: false, new CrossEntropy());
        float[] parameters = Positive(setup.Shape);
        DenseLayer first = setup.Shape.Layers[0];
        parameters.AsSpan(first.WeightOffset, first.Inputs).Fill(-Huge);
        Assert.Null(OfStep(setup, parameters));
        Assert.Null(DivergenceSource.OfUpdate(setup, parameters, Inputs(), Labels(), 1, parameters));
        DenseLayer second = setup.Shape.Layers[1];
        parameters.AsSpan(second.WeightOffset + (4 * second.Inputs), second.Inputs).Fill(Huge);
        Assert.Equal("began in layer 2 (8 -> 6): pre-activation of unit 5 overflowed to infinity", OfStep(setup, parameters)?.ToString());
    }

    [Fact]
    public void Evaluation_IsSearchedRowByRow_WithTheRunningStatistics()
    {
        TrainingSetup setup = Setup(new Relu(), isNormalized: true, new CrossEntropy());
        float[] parameters = Positive(setup.Shape), statistics = Statistics(setup.Shape);
        DenseLayer first = setup.Shape.Layers[0];
        statistics[first.StatisticsOffset + first.Outputs + 5] = float.NaN;
        DivergenceOrigin? origin = DivergenceSource.OfEvaluation(setup.Network, parameters, statistics, Data.Test);
        Assert.Equal("began in layer 1 (12 -> 8): running mean or variance of unit 6 became not a number", origin?.ToString());
        // A pixel that is 0 in the first rows and not in a later one.
        int pixel = Enumerable.Range(0, 12).First(i => Data.Test.Pixels(0)[i] == 0 && Pixels(i).Any(value => value > 0));
        for (int o = 0; o < first.Outputs; o++)
        {
            parameters[first.WeightOffset + (o * 12) + pixel] = Huge;
            parameters[first.ScaleOffset + o] = 1e10f;
        }
        int row = Pixels(pixel).TakeWhile(value => value == 0).Count();
        origin = DivergenceSource.OfEvaluation(setup.Network, parameters, Statistics(setup.Shape), Data.Test);
        Assert.Equal((1, DivergencePlace.Normalization, 0, row), (origin!.LayerNumber, origin.Place, origin.Unit, origin.Row));
    }

    [Fact]
    public void LengthsThatDoNotFit_AreRefused()
    {
        TrainingSetup setup = Setup(new Relu(), isNormalized: false, new CrossEntropy());
        float[] parameters = Positive(setup.Shape);
        Assert.Throws<ArgumentException>(() => DivergenceSource.OfStep(setup, parameters.AsSpan(1), Inputs(), Labels(), 1));
        Assert.Throws<ArgumentException>(() => DivergenceSource.OfStep(setup, parameters, Inputs().AsSpan(1), Labels(), 1));
        Assert.Throws<ArgumentException>(() => DivergenceSource.OfUpdate(setup, parameters, Inputs(), Labels(), 1, parameters.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => DivergenceSource.OfEvaluation(setup.Network, parameters, [1], Data.Test));
    }

    private static IEnumerable<byte> Pixels(int pixel) => Enumerable.Range(0, Data.Test.Count).Select(row => Data.Test.Pixels(row)[pixel]);

    private static DivergenceOrigin? OfStep(TrainingSetup setup, float[] parameters) =>
        DivergenceSource.OfStep(setup, parameters, Inputs(), Labels(), 1);

    private static TrainingSetup Setup(Activation activation, bool isNormalized, Loss loss, double dropout = 0) =>
        new(new Mlp(new MlpShape([12, 8, 6, 3], isNormalized), activation)
        {
            BatchNorm = isNormalized ? new BatchNorm() : null,
            Loss = loss,
            Dropout = dropout,
        }, new Sgd { Lr = 0.1 }, Data, Rows)
        { Seed = 7 };

    /// <summary>Biases of 1, γ of 1, β of 0.5, small positive weights: all activations are positive, all sums grow.</summary>
    private static float[] Positive(MlpShape shape)
    {
        float[] parameters = new float[shape.ParameterCount];
        foreach (ParameterGroup group in shape.Groups)
        {
            for (int k = 0; k < group.Count; k++)
            {
                parameters[group.Offset + k] = group.Kind switch
                {
                    ParameterKind.Weight => 0.01f * (1 + (k % 7)),
                    ParameterKind.Shift => 0.5f,
                    _ => 1,
                };
            }
        }
        return parameters;
    }

    private static float[] Statistics(MlpShape shape)
    {
        float[] statistics = new float[shape.StatisticsCount];
        foreach (DenseLayer layer in shape.Layers.Where(layer => layer.IsNormalized))
        {
            statistics.AsSpan(layer.StatisticsOffset + layer.Outputs, layer.Outputs).Fill(1);
        }
        return statistics;
    }

    private static float[] Inputs() => DivergingTraining.InputsOf(Data.Train, [.. Enumerable.Range(0, Rows)]);

    private static byte[] Labels() => [.. Enumerable.Range(0, Rows).Select(Data.Train.Label)];
}
