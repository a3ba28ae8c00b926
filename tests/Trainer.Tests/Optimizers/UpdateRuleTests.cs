using Trainer.Configuration;
using Trainer.Formulas;
using Trainer.Optimizers;

namespace Trainer.Tests.Optimizers;

/// <summary>Every update rule against its equation, in binary64.</summary>
public class UpdateRuleTests
{
    /// <summary>Binary64 against the same equation grouped otherwise, over a few hundred steps.</summary>
    private const double Tolerance = 1e-12;

    [Fact]
    public void Sgd_OnAQuadratic_FollowsItsClosedForm()
    {
        // f = h·w²/2, so w_t = (1 − η·h)ᵗ·w_0.
        const double h = 3, lr = 0.1, start = 2;
        double[] path = Descend(new Sgd { Lr = lr }, w => h * w, start, 50);
        for (int t = 0; t <= 50; t++)
        {
            Assert.Equal(start * Math.Pow(1 - lr * h, t), path[t], Tolerance);
        }
        // Beyond 2/h it grows without bound.
        Assert.True(Math.Abs(Descend(new Sgd { Lr = 2.01 / h }, w => h * w, start, 2000)[^1]) > 1e6);
    }

    [Fact]
    public void Momentum_And_Nesterov_FollowTheirRecurrences()
    {
        const double mu = 0.9, lr = 0.05;
        Check(new Sgd { Lr = lr, Momentum = mu }, (g, v) => mu * v + g, (g, v) => v);
        Check(new Sgd { Lr = lr, Momentum = mu, Nesterov = true }, (g, v) => mu * v + g, (g, v) => g + mu * v);

        static void Check(Sgd sgd, Func<double, double, double> velocity, Func<double, double, double> direction)
        {
            double[] path = Descend(sgd, Gradient, 1.5, 100);
            double w = 1.5, v = 0;
            for (int t = 1; t <= 100; t++)
            {
                double g = Gradient(w);
                v = velocity(g, v);
                w -= lr * direction(g, v);
                Assert.Equal(w, path[t], Tolerance);
            }
        }
    }

    [Fact]
    public void Adam_FollowsThePaper_WithBiasCorrectedMoments()
    {
        const double beta1 = 0.9, beta2 = 0.99, lr = 0.01, eps = 1e-8;
        double[] path = Descend(new Adam { Lr = lr, Betas = [beta1, beta2], Eps = eps }, Gradient, 1.5, 200);
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
            double[] path = Descend(new Adam { Lr = 0.01 }, w => scale * w, 1, 1);
            Assert.Equal(0.99, path[1], 1e-5);
        }
    }

    public static TheoryData<string> Names() => [.. Registry.Of<Optimizer>().Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryOptimizer_ReachesTheMinimum(string name)
    {
        var optimizer = (Optimizer)Activator.CreateInstance(Registry.Of<Optimizer>().Find(name)!)!;
        optimizer.GetType().GetProperty(nameof(Optimizer.Lr))!.SetValue(optimizer, 0.01);
        // f = 0.2·w² − cos(3w)/3, from a point in the valley of its minimum at 0.
        Assert.Equal(0, Descend(optimizer, Gradient, 0.6, 3000)[^1], 1e-3);
    }

    [Fact]
    public void Guards_SayWhatTheyExpect()
    {
        Assert.Contains("at least 1E-30", Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { Lr = 0 }).Message);
        Assert.Contains("at most 0.9999999", Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { Lr = 1, Momentum = 1 }).Message);
        Assert.Contains("two numbers", Assert.Throws<ArgumentException>(() => new Adam { Lr = 1, Betas = [0.9] }).Message);
        Assert.Contains("not NaN", Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { Lr = double.NaN }).Message);
    }

    private static double Gradient(double w) => Math.Sin(3 * w) + 0.4 * w;

    /// <summary>w_0, w_1, … by the optimizer's own rule.</summary>
    private static double[] Descend(Optimizer optimizer, Func<double, double> gradient, double start, int steps) =>
        optimizer.Accept(new Descent(optimizer.Lr, gradient, start, steps));

    private sealed class Descent(double lr, Func<double, double> gradient, double start, int steps) : IUpdateRuleVisitor<double[]>
    {
        public double[] Visit<TRule>(TRule rule)
            where TRule : struct, IUpdateRule
        {
            double[] path = new double[steps + 1];
            path[0] = start;
            RuleState<Binary64> state = default;
            for (int t = 1; t <= steps; t++)
            {
                StepScalars scalars = rule.Scalars(lr, t);
                var exact = new StepScalars<Binary64>(
                    new Binary64(scalars.Rate == (float)lr ? lr : scalars.Rate), new Binary64(scalars.Correction),
                    new Binary64(scalars.Third), new Binary64(scalars.Fourth));
                path[t] = rule.Update(new Binary64(path[t - 1]), new Binary64(gradient(path[t - 1])), ref state, exact).Value;
            }
            return path;
        }
    }
}
