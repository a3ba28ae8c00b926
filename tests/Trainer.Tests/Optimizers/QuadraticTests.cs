using Trainer.Formulas;
using Trainer.Optimizers;

namespace Trainer.Tests.Optimizers;

/// <summary>Gradient descent on f = ½(w − w*)ᵀH(w − w*), whose whole path is known: w_t − w* = (I − ηH)ᵗ(w₀ − w*).</summary>
public class QuadraticTests
{
    /// <summary>Binary64, of what is at most 4.</summary>
    private const double Tolerance = 1e-12;

    // Eigenvalues 1 and 4 with the eigenvectors (1, −2)/√5 and (2, 1)/√5.
    private const double Largest = 4;

    private static readonly double[,] H = { { 3.4, 1.2 }, { 1.2, 1.6 } };
    private static readonly double[] Minimum = [0.5, -1];
    private static readonly double[] Start = [2, 1];

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.3)]
    [InlineData(0.49)]
    public void EveryStep_IsAPowerOfOneMatrix(double lr)
    {
        RuleWalk<Binary64>.Stop[] stops = Descend(lr, 300);
        double[] distance = [.. Start.Zip(Minimum, (a, b) => a - b)];
        for (int t = 0; t <= 300; t++)
        {
            Assert.Equal(Minimum[0] + distance[0], stops[t].W[0], Tolerance);
            Assert.Equal(Minimum[1] + distance[1], stops[t].W[1], Tolerance);
            distance =
            [
                (1 - lr * H[0, 0]) * distance[0] - lr * H[0, 1] * distance[1], -lr * H[1, 0] * distance[0] + (1 - lr * H[1, 1]) * distance[1],
            ];
        }
    }

    [Fact]
    public void AlongAnEigenvector_TheFactorIsThatOfItsEigenvalue()
    {
        const double lr = 0.2;
        RuleWalk<Binary64>.Stop[] stops = new Sgd { Lr = lr }.Accept(
            new RuleWalk<Binary64>(_ => lr, Gradient, [Minimum[0] + 2, Minimum[1] + 1], 60));
        for (int t = 0; t <= 60; t++)
        {
            Assert.Equal(Minimum[0] + 2 * Math.Pow(1 - lr * Largest, t), stops[t].W[0], Tolerance);
            Assert.Equal(Minimum[1] + Math.Pow(1 - lr * Largest, t), stops[t].W[1], Tolerance);
        }
    }

    [Fact]
    public void TheRate_MayBeUpToTwoOverTheLargestEigenvalue()
    {
        Assert.InRange(Distance(Descend(0.99 * 2 / Largest, 3000)[^1]), 0, 1e-12);
        Assert.True(Distance(Descend(1.01 * 2 / Largest, 3000)[^1]) > 1e12);
    }

    private static RuleWalk<Binary64>.Stop[] Descend(double lr, int steps) =>
        new Sgd { Lr = lr }.Accept(new RuleWalk<Binary64>(_ => lr, Gradient, Start, steps));

    private static double[] Gradient(int step, double[] w)
    {
        double x = w[0] - Minimum[0], y = w[1] - Minimum[1];
        return [H[0, 0] * x + H[0, 1] * y, H[1, 0] * x + H[1, 1] * y];
    }

    private static double Distance(RuleWalk<Binary64>.Stop stop) => Math.Abs(stop.W[0] - Minimum[0]) + Math.Abs(stop.W[1] - Minimum[1]);
}
