using Trainer.Formulas;
using Trainer.Optimizers;

namespace Trainer.Tests.Optimizers;

/// <summary>The rules that no library of ours has, and the equations of the course, straight from the papers.</summary>
public class PaperTests
{
    /// <summary>Relative, of binary32 against binary64 over <see cref="Steps"/>, each with some roundings of 6e-8.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>Binary64 against the same equation grouped otherwise.</summary>
    private const double ToleranceInBinary64 = 1e-12;

    private const int Steps = 50;
    private const double Lr = 0.01;

    private static readonly double[] Start = [1.5, -0.7, 20];

    [Theory]
    [InlineData(0.9, 0.999, 1e-16)]
    [InlineData(0.8, 0.95, 1e-3)]
    public void AdaBelief_IsAlgorithm2(double beta1, double beta2, double eps) => AssertFollows(
        new AdaBelief { Lr = Lr, Betas = [beta1, beta2], Eps = eps },
        (t, w, g, memory) =>
        {
            double m = memory.M = beta1 * memory.M + (1 - beta1) * g;
            double s = memory.V = beta2 * memory.V + (1 - beta2) * (g - m) * (g - m) + eps;
            double mHat = m / (1 - Math.Pow(beta1, t));
            double sHat = s / (1 - Math.Pow(beta2, t));
            return w - Lr * mHat / (Math.Sqrt(sHat) + eps);
        });

    [Theory]
    [InlineData(0.9, 0.99, 0)]
    [InlineData(0.5, 0.8, 2)]
    public void Lion_IsAlgorithm2(double beta1, double beta2, double decay) => AssertFollows(
        new Lion { Lr = Lr, Betas = [beta1, beta2], WeightDecay = decay },
        (t, w, g, memory) =>
        {
            double c = beta1 * memory.M + (1 - beta1) * g;
            memory.M = beta2 * memory.M + (1 - beta2) * g;
            return w - Lr * (Math.Sign(c) + decay * w);
        });

    [Fact]
    public void Lion_StandsStill_WhereThereIsNoDirection()
    {
        var lion = new Lion { Lr = Lr };
        foreach (double nothing in (double[])[0, -0.0])
        {
            Assert.Equal([1, -2], lion.Accept(new RuleWalk<Scalar>(_ => Lr, (_, _) => [nothing, nothing], [1, -2], 3))[^1].W);
        }
    }

    [Theory]
    [InlineData(0.9, 0.999, 1e-8)]
    [InlineData(0.8, 0.95, 1e-2)]
    public void Adam_WithoutBiasCorrection_UsesItsAveragesAsTheyAre(double beta1, double beta2, double eps) => AssertFollows(
        new Adam { Lr = Lr, Betas = [beta1, beta2], Eps = eps, BiasCorrection = false },
        (t, w, g, memory) =>
        {
            memory.M = beta1 * memory.M + (1 - beta1) * g;
            memory.V = beta2 * memory.V + (1 - beta2) * g * g;
            return w - Lr * memory.M / (Math.Sqrt(memory.V) + eps);
        });

    [Fact]
    public void Adamax_IsAlgorithm2_WhateverEps()
    {
        // The paper has no ε; this one is below every gradient's last place.
        const double beta1 = 0.9, beta2 = 0.95;
        AssertFollows(new Adamax { Lr = Lr, Betas = [beta1, beta2], Eps = 1e-30 }, (t, w, g, memory) =>
        {
            memory.M = beta1 * memory.M + (1 - beta1) * g;
            memory.V = Math.Max(beta2 * memory.V, Math.Abs(g));
            return w - Lr / (1 - Math.Pow(beta1, t)) * memory.M / memory.V;
        });
    }

    [Theory]
    [InlineData(0.9, 0.999)]
    [InlineData(0.9, 0.9)]
    public void AdamsAverages_AreTheirClosedForms(double beta1, double beta2)
    {
        RuleWalk<Binary64>.Stop[] stops = new Adam { Lr = Lr, Betas = [beta1, beta2] }.Accept(
            new RuleWalk<Binary64>(_ => Lr, (t, _) => [Gradient(t, 1.5)], [1.5], Steps));
        for (int t = 1; t <= Steps; t++)
        {
            double m = 0, v = 0, weights = 0;
            for (int i = 1; i <= t; i++)
            {
                m += (1 - beta1) * Math.Pow(beta1, t - i) * Gradient(i, 1.5);
                v += (1 - beta2) * Math.Pow(beta2, t - i) * Gradient(i, 1.5) * Gradient(i, 1.5);
                weights += (1 - beta2) * Math.Pow(beta2, t - i);
            }
            Assert.Equal(m, stops[t].First[0], ToleranceInBinary64);
            Assert.Equal(v, stops[t].Second[0], ToleranceInBinary64);
            // Of gradients with one mean square, v has this share: what the correction divides by.
            Assert.Equal(1 - Math.Pow(beta2, t), weights, ToleranceInBinary64);
        }
    }

    [Fact]
    public void BiasCorrection_MattersMost_WhereBeta2IsNear1()
    {
        // The first step is lr · g/|g| with it, and lr · (1 − β₁)/√(1 − β₂) without: 3.2 times as long at 0.999, 32 times at 0.99999.
        foreach (double beta2 in (double[])[0.9, 0.999, 0.99999])
        {
            var adam = new Adam { Lr = Lr, Betas = [0.9, beta2] };
            Assert.Equal(Lr, FirstStep(adam), 1e-6 * Lr);
            Assert.Equal(0.1 / Math.Sqrt(1 - beta2), FirstStep(adam with { BiasCorrection = false }) / Lr, 1e-4);
        }

        static double FirstStep(Optimizer optimizer) => optimizer.Accept(new RuleWalk<Binary64>(_ => Lr, (_, _) => [-3], [0], 1))[1].W[0];
    }

    /// <summary>Gradients that change with the step and the parameter, of both signs.</summary>
    private static double Gradient(int step, double w) => Math.Sin(1.7 * step) + 0.3 * w + 0.4 * Math.Cos(0.2 * step * step);

    private static void AssertFollows(Optimizer optimizer, Func<int, double, double, Memory, double> equations)
    {
        double[] w = [.. Start];
        Memory[] memory = [.. Start.Select(_ => new Memory())];
        // The same gradients for both, so that only the rule is compared.
        double[][] gradients = [.. Enumerable.Range(1, Steps).Select(t => (double[])[.. Start.Select(x => (double)(float)Gradient(t, x))])];
        RuleWalk<Scalar>.Stop[] stops = optimizer.Accept(new RuleWalk<Scalar>(_ => Lr, (t, _) => gradients[t - 1], Start, Steps));
        for (int t = 1; t <= Steps; t++)
        {
            for (int k = 0; k < w.Length; k++)
            {
                w[k] = equations(t, w[k], gradients[t - 1][k], memory[k]);
                Assert.Equal(w[k], stops[t].W[k], Tolerance * Math.Max(1, Math.Abs(w[k])));
            }
        }
        Assert.All(w.Zip(Start), pair => Assert.True(Math.Abs(pair.First - pair.Second) > 0.01));
    }

    private sealed class Memory
    {
        public double M { get; set; }

        public double V { get; set; }
    }
}
