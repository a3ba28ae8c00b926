using Trainer.Formulas;
using Trainer.Optimizers;

namespace Trainer.Tests.Optimizers;

/// <summary>Exercises that a course works out on paper, with the numbers that come out there: exact fractions, in decimal.</summary>
public class WorkedExampleTests
{
    private const double Tolerance = 1e-12;

    /// <summary>The rates and corrections of Adam go through binary32.</summary>
    private const double ToleranceOfScalars = 1e-7;

    [Fact]
    public void Adam_TermByTerm_WithBothBetas09()
    {
        // g = 2, −1, 3, so m₁ = 0.1·2, m₂ = 0.1·(0.9·2 − 1), m₃ = 0.1·(0.81·2 − 0.9 + 3), and v alike with 4, 1, 9.
        double[] g = [2, -1, 3];
        decimal[] m = [0.2m, 0.08m, 0.372m];
        decimal[] v = [0.4m, 0.46m, 1.314m];
        decimal[] weight = [0.1m, 0.19m, 0.271m];
        var adam = new Adam { Lr = 0.5, Betas = [0.9, 0.9] };
        RuleWalk<Binary64>.Stop[] stops = adam.Accept(new RuleWalk<Binary64>(_ => adam.Lr, (t, _) => [g[t - 1]], [1], 3));
        double w = 1;
        for (int t = 1; t <= 3; t++)
        {
            Assert.Equal((double)m[t - 1], stops[t].First[0], Tolerance);
            Assert.Equal((double)v[t - 1], stops[t].Second[0], Tolerance);
            w -= adam.Lr * (double)(m[t - 1] / weight[t - 1]) / (Math.Sqrt((double)(v[t - 1] / weight[t - 1])) + adam.Eps);
            Assert.Equal(w, stops[t].W[0], ToleranceOfScalars);
        }
        // m̂₁/√v̂₁ = 2/2: the first step is the learning rate.
        Assert.Equal(0.5, stops[1].W[0], ToleranceOfScalars);
    }

    [Fact]
    public void Momentum_OverOneEpoch_OfTwoBatches()
    {
        // y = w₁x₁² + w₂x₂² + w₃x₁x₂ + b, mean squared error, rate 0.1, momentum 0.9, batches of two points.
        (decimal X1, decimal X2, decimal Y)[][] batches = [[(1, -1, 10), (2, 0, 13)], [(0, 2, 11), (-1, 1, 4)]];
        decimal[][] gradients = [[-40, -8, 8, -16], [5.2m, -31.6m, -5.2m, -4]];
        decimal[][] velocities = [[-40, -8, 8, -16], [-30.8m, -38.8m, 2, -18.4m]];
        decimal[][] parameters = [[5, -0.2m, -1.8m, 2.6m], [8.08m, 3.68m, -2, 4.44m]];
        var sgd = new Sgd { Lr = 0.1, Momentum = 0.9 };
        RuleWalk<Binary64>.Stop[] stops = sgd.Accept(new RuleWalk<Binary64>(
            _ => sgd.Lr, (t, w) => GradientOfMeanSquare(batches[t - 1], w), [1, -1, -1, 1], 2));
        for (int t = 1; t <= 2; t++)
        {
            AssertNear(gradients[t - 1], GradientOfMeanSquare(batches[t - 1], stops[t - 1].W));
            AssertNear(velocities[t - 1], stops[t].First);
            AssertNear(parameters[t - 1], stops[t].W);
        }
    }

    private static double[] GradientOfMeanSquare((decimal X1, decimal X2, decimal Y)[] batch, double[] w)
    {
        double[] gradient = new double[4];
        foreach ((decimal x1, decimal x2, decimal y) in batch)
        {
            double[] features = [(double)(x1 * x1), (double)(x2 * x2), (double)(x1 * x2), 1];
            double error = features.Zip(w, (x, k) => x * k).Sum() - (double)y;
            for (int k = 0; k < 4; k++)
            {
                gradient[k] += 2 * error * features[k] / batch.Length;
            }
        }
        return gradient;
    }

    private static void AssertNear(decimal[] expected, double[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal((double)pair.First, pair.Second, Tolerance));
}
