using Trainer.Formulas;

namespace Trainer.Optimizers;

/// <summary>
/// <see cref="NAdam"/>'s momentum μ_t = β₁·(1 − ½·0.96^(ψt)) and its products μ₁⋯μ_t, in binary64, as functions of t alone: a run
/// that is resumed at any step gets the numbers of one that ran through, and threads may ask side by side.
/// </summary>
/// <remarks>
/// The products are kept for as long as they matter. Before long 1 − μ₁⋯μ_t rounds to 1 (for ψ up to 0.4: as μ_t ≤ β₁, and near
/// β₁/2 at first, that takes 48 steps at the defaults and 2400 at most), or μ_t to β₁ (after 907/ψ steps); from there on
/// each factor is β₁, by repeated squaring. So there are never more than about 2400 of them.
/// </remarks>
internal sealed class RisingMomentum
{
    private const double Base = 0.96;

    // 1 less this, or anything smaller, rounds to 1.
    private const double Negligible = 1.0 / (1L << 54);

    // Elementary64.Exp goes to −700; e^−700 is nothing beside 1.
    private const double LowestExponent = -700;

    private static readonly double LogBase = Elementary64.Log(Base);

    private readonly double _beta;
    private readonly double _decay;

    // Element t is μ₁⋯μ_t.
    private readonly double[] _products;

    /// <summary>The momentum with β₁ = <paramref name="beta"/> and ψ = <paramref name="decay"/>.</summary>
    public RisingMomentum(double beta, double decay)
    {
        _beta = beta;
        _decay = decay;
        var products = new List<double> { 1 };
        double factor;
        do
        {
            factor = At(products.Count);
            products.Add(products[^1] * factor);
        }
        while (factor != beta && products[^1] >= Negligible);
        _products = [.. products];
    }

    /// <summary>How many products are kept.</summary>
    public int Kept => _products.Length;

    /// <summary>μ_t.</summary>
    public double At(long step)
    {
        double exponent = step * _decay * LogBase;
        return exponent < LowestExponent ? _beta : _beta * (1 - 0.5 * Elementary64.Exp(exponent));
    }

    /// <summary>μ₁⋯μ_t.</summary>
    public double ProductTo(long step)
    {
        int last = _products.Length - 1;
        return step <= last ? _products[step] : _products[last] * WholePower.Of(_beta, step - last);
    }
}
