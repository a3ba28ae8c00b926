using Trainer.Optimizers;

namespace Trainer.GradientChecks;

/// <summary>
/// Update rules once more, as sums over all gradients so far where the rules themselves keep running numbers: another way to the same
/// step. A rule without a row here is skipped by <see cref="UpdateCheck"/>, which says so.
/// </summary>
internal static class UpdateEquations
{
    private static readonly Dictionary<Type, UpdateEquation> ByOptimizer = new()
    {
        [typeof(Sgd)] = (optimizer, gradients) => Step((Sgd)optimizer, gradients),
        [typeof(Adam)] = (optimizer, gradients) => Step((Adam)optimizer, gradients),
    };

    /// <summary>The equations of <paramref name="optimizer"/>; null where there are none.</summary>
    public static UpdateEquation? Find(Optimizer optimizer) => ByOptimizer.GetValueOrDefault(optimizer.GetType());

    /// <summary>−η·v_t with v_t = (1 − d)·Σ_i μ^(t−i)·g_i + d·μ^(t−1)·g_1, as the first gradient is not damped; Nesterov:
    /// −η·(g_t + μ·v_t).</summary>
    private static double Step(Sgd sgd, ReadOnlySpan<double> gradients)
    {
        double v = ((1 - sgd.Dampening) * Sum(sgd.Momentum, gradients, g => g))
            + (sgd.Dampening * Math.Pow(sgd.Momentum, gradients.Length - 1) * gradients[0]);
        return -sgd.Lr * (sgd.Nesterov ? gradients[^1] + (sgd.Momentum * v) : v);
    }

    /// <summary>−η·m̂/(√v̂ + ε) with m̂ = (1 − β₁)·Σ_i β₁^(t−i)·g_i/(1 − β₁ᵗ) and v̂ = (1 − β₂)·Σ_i β₂^(t−i)·g_i²/(1 − β₂ᵗ), or without the two
    /// divisions.</summary>
    private static double Step(Adam adam, ReadOnlySpan<double> gradients)
    {
        (double beta1, double beta2) = (adam.Betas[0], adam.Betas[1]);
        double m = (1 - beta1) * Sum(beta1, gradients, g => g);
        double v = (1 - beta2) * Sum(beta2, gradients, g => g * g);
        double correctedM = adam.BiasCorrection ? m / (1 - Math.Pow(beta1, gradients.Length)) : m;
        double correctedV = adam.BiasCorrection ? v / (1 - Math.Pow(beta2, gradients.Length)) : v;
        return -adam.Lr * correctedM / (Math.Sqrt(correctedV) + adam.Eps);
    }

    /// <summary>Σ_i decay^(t−i)·of(g_i).</summary>
    private static double Sum(double decay, ReadOnlySpan<double> gradients, Func<double, double> of)
    {
        double sum = 0;
        for (int i = 0; i < gradients.Length; i++)
        {
            sum += Math.Pow(decay, gradients.Length - 1 - i) * of(gradients[i]);
        }
        return sum;
    }
}
