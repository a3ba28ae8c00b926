using Trainer.Formulas;
using Trainer.Optimizers;

namespace Trainer.Tests.Optimizers;

/// <summary>What holds for update rules by themselves; see <see cref="PytorchOptimizerTests"/> and <see cref="PaperTests"/> for their numbers.</summary>
public class UpdateRuleTests
{
    /// <summary>Binary64 against the same equation grouped otherwise, over a few hundred steps.</summary>
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Names() => OptimizerList.Names();

    [Fact]
    public void Momentum_And_Nesterov_FollowTheirRecurrences()
    {
        const double mu = 0.9, lr = 0.05, dampening = 0.3;
        Check(new Sgd { Lr = lr, Momentum = mu }, (g, v, _) => mu * v + g, (g, v) => v);
        Check(new Sgd { Lr = lr, Momentum = mu, Nesterov = true }, (g, v, _) => mu * v + g, (g, v) => g + mu * v);
        // binary32 has 1 − d only to 3e-8.
        Check(new Sgd { Lr = lr, Momentum = mu, Dampening = dampening }, (g, v, t) => t == 1 ? g : mu * v + (float)(1 - dampening) * g, (g, v) => v);

        static void Check(Sgd sgd, Func<double, double, int, double> velocity, Func<double, double, double> direction)
        {
            double[] path = Descend(sgd, 1.5, 100);
            double w = 1.5, v = 0;
            for (int t = 1; t <= 100; t++)
            {
                double g = Gradient(w);
                v = velocity(g, v, t);
                w -= lr * direction(g, v);
                Assert.Equal(w, path[t], Tolerance);
            }
        }
    }

    [Fact]
    public void Adam_FollowsThePaper_WithBiasCorrectedMoments()
    {
        const double beta1 = 0.9, beta2 = 0.99, lr = 0.01, eps = 1e-8;
        double[] path = Descend(new Adam { Lr = lr, Betas = [beta1, beta2], Eps = eps }, 1.5, 200);
        var gradients = new List<double>();
        double w = 1.5;
        for (int t = 1; t <= 200; t++)
        {
            gradients.Add(Gradient(w));
            // The closed forms: m_t = (1 − β₁)·Σ β₁^(t−i)·g_i, and the like for v.
            double m = (1 - beta1) * gradients.Select((g, i) => Math.Pow(beta1, t - 1 - i) * g).Sum();
            double v = (1 - beta2) * gradients.Select((g, i) => Math.Pow(beta2, t - 1 - i) * g * g).Sum();
            double mHat = m / (1 - Math.Pow(beta1, t));
            double vHat = v / (1 - Math.Pow(beta2, t));
            w -= lr * mHat / (Math.Sqrt(vHat) + eps);
            // The rule's step size goes through binary32 once.
            Assert.Equal(w, path[t], 1e-6);
        }
    }

    [Fact]
    public void Adam_FirstStep_IsTheLearningRate_WhateverTheGradient()
    {
        foreach (double scale in (double[])[1e-4, 1, 1e4])
        {
            var walk = new RuleWalk<Binary64>(_ => 0.01, (_, w) => [scale * w[0]], [1], 1);
            Assert.Equal(0.99, new Adam { Lr = 0.01 }.Accept(walk)[1].W[0], 1e-5);
        }
    }

    [Fact]
    public void CenteredRmsprop_StaysANumber_WhereRoundingMakesTheVarianceNegative()
    {
        // A gradient that has not changed for long has no variance: s − a² is some roundings. The averages come to rest as far above
        // their ends as rounding holds them, a² twice as far as s.
        var centered = new RmsProp { Lr = 1e-6, Centered = true };
        double[] last = [.. Enumerable.Range(1, 20).Select(k => 0.13 * k)];
        double[] first = [.. last.Select(g => 2 * g)];
        RuleWalk<Scalar>.Stop[] stops = centered.Accept(new RuleWalk<Scalar>(_ => centered.Lr, (t, _) => t < 500 ? first : last, new double[20], 3000));
        Assert.Contains(stops, stop => stop.First.Zip(stop.Second).Any(of => of.First < of.Second * of.Second));
        Assert.All(stops[^1].W, w => Assert.True(double.IsFinite(w), $"{w}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AGradientThatIsNoNumber_Shows(string name) =>
        Assert.True(double.IsNaN(OptimizerList.Find(name).Accept(new RuleWalk<Scalar>(_ => 0.01, (t, _) => [t == 2 ? double.NaN : 1], [1], 3))[^1].W[0]));

    [Theory]
    [MemberData(nameof(Names))]
    public void WithoutAGradient_AParameterStays_OrDecays(string name)
    {
        Optimizer optimizer = OptimizerList.Find(name);
        double decay = optimizer is AdamW adamW ? adamW.WeightDecay : optimizer is Lion lion ? lion.WeightDecay : 0;
        double[] expected = [.. new[] { 1.5, -20, 0 }.Select(w => w * Math.Pow(1 - optimizer.Lr * decay, 5))];
        double[] found = optimizer.Accept(new RuleWalk<Scalar>(_ => optimizer.Lr, (_, _) => [0, -0.0, 0], [1.5, -20, 0], 5))[^1].W;
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, decay == 0 ? 0 : 1e-6 * Math.Abs(pair.First)));
    }

    /// <summary>What a run that is resumed at a step gets is what one that ran through had there.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void TheNumbersOfAStep_DependOnTheStepAlone(string name) => OptimizerList.Find(name).Accept(default(ScalarsInAnyOrder));

    private static double Gradient(double w) => Math.Sin(3 * w) + 0.4 * w;

    /// <summary>w_0, w_1, … by the optimizer's own rule.</summary>
    private static double[] Descend(Optimizer optimizer, double start, int steps) => [.. optimizer
        .Accept(new RuleWalk<Binary64>(_ => optimizer.Lr, (_, w) => [Gradient(w[0])], [start], steps)).Select(stop => stop.W[0])];

    private readonly struct ScalarsInAnyOrder : IUpdateRuleVisitor<bool>
    {
        public bool Visit<TRule>(TRule rule)
            where TRule : struct, IUpdateRule
        {
            long[] steps = [1, 2, 3, 7, 50, 1000, 100_000, 1_000_000_000, 1_000_000_000_000];
            StepScalars[] forwards = [.. steps.Select(step => rule.Scalars(0.1, step))];
            StepScalars[] backwards = [.. steps.Reverse().Select(step => rule.Scalars(0.1, step)).Reverse()];
            Assert.Equal(forwards, backwards);
            Assert.All(forwards, step => Assert.True(
                float.IsFinite(step.Rate) && float.IsFinite(step.Correction) && float.IsFinite(step.Third) && float.IsFinite(step.Fourth), $"{step}"));
            return true;
        }
    }
}
