using Trainer.Evaluations;

namespace Trainer.Tests.Evaluations;

public class ConfidenceTests
{
    [Fact]
    public void CrossEntropies_AreToldByTheirProbabilities_WhichSumToOne()
    {
        double[] probabilities = [0.7, 0.2, 0.0999, 1e-4, 1e-12];
        float[] losses = [.. probabilities.Select(p => (float)-Math.Log(p))];
        Assert.True(Confidence.AreOfCrossEntropy(losses));
        Assert.All(probabilities.Zip(losses), pair => Assert.Equal(pair.First, Confidence.Of(pair.Second), 1e-6));

        // Smoothed labels: 0.9 of each loss and a tenth of their mean.
        Assert.False(Confidence.AreOfCrossEntropy([.. losses.Select(loss => 0.9f * loss + 0.1f * losses.Average())]));
        // Squared errors.
        Assert.False(Confidence.AreOfCrossEntropy([.. probabilities.Select(p => (float)((1 - p) * (1 - p)))]));
        Assert.False(Confidence.AreOfCrossEntropy([float.NaN, 0]));
        Assert.False(Confidence.AreOfCrossEntropy([float.NegativeInfinity, 0]));
    }

    [Fact]
    public void HopelessClasses_HaveProbabilityZero()
    {
        Assert.True(Confidence.AreOfCrossEntropy([0, 800, float.PositiveInfinity]));
        Assert.Equal(0, Confidence.Of(800));
        Assert.Equal(1, Confidence.Of(0));
    }
}
