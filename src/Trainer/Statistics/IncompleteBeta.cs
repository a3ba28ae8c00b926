namespace Trainer.Statistics;

/// <summary>The regularised incomplete beta function, from which Student's distribution follows.</summary>
internal static class IncompleteBeta
{
    // Lentz's method needs O(sqrt(max(a, b))) steps; this is far beyond what a million degrees of freedom take.
    private const int MostSteps = 10_000;
    private const double Tiny = 1e-300;
    private const double Precision = 1e-15;

    // Lanczos' approximation of the gamma function with g = 7 and nine coefficients, as Godfrey computed them (2001); its
    // relative error is below 1e-15.
    private const double LanczosG = 7;
    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>
    /// I_x(a, b) = ∫₀ˣ t^(a-1) (1-t)^(b-1) dt / B(a, b), by the continued fraction 8.17.22 of the Digital Library of Mathematical
    /// Functions.
    /// </summary>
    /// <param name="x">From 0 to 1.</param>
    /// <param name="rest">1 - x, given apart so that it may be smaller than x has digits.</param>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    public static double Of(double x, double rest, double a, double b)
    {
        if (x <= 0 || rest <= 0)
        {
            return x <= 0 ? 0 : 1;
        }
        // The fraction converges fast below the mean; above it the function is 1 less its mirror image.
        return x < (a + 1) / (a + b + 2) ? Below(x, rest, a, b) : 1 - Below(rest, x, b, a);
    }

    /// <summary>ln Γ(z) for z &gt; 0.</summary>
    public static double LogGamma(double z)
    {
        if (z < 0.5)
        {
            // Γ(z) Γ(1 - z) = π / sin(πz).
            return Math.Log(Math.PI / Math.Sin(Math.PI * z)) - LogGamma(1 - z);
        }
        double sum = Lanczos[0];
        for (int i = 1; i < Lanczos.Length; i++)
        {
            sum += Lanczos[i] / (z - 1 + i);
        }
        double t = z - 1 + LanczosG + 0.5;
        return 0.5 * Math.Log(2 * Math.PI) + (z - 0.5) * Math.Log(t) - t + Math.Log(sum);
    }

    private static double Below(double x, double rest, double a, double b)
    {
        double logFront = LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(rest);
        return Math.Exp(logFront) * Fraction(x, a, b) / a;
    }

    /// <summary>1/(1 + d₁/(1 + d₂/(1 + ...))) by the modified method of Lentz (Thompson and Barnett, 1986).</summary>
    private static double Fraction(double x, double a, double b)
    {
        double c = 1;
        double d = 1 / Guarded(1 - (a + b) * x / (a + 1));
        double value = d;
        for (int m = 1; m <= MostSteps; m++)
        {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / Guarded(1 + even * d);
            c = Guarded(1 + even / c);
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / Guarded(1 + odd * d);
            c = Guarded(1 + odd / c);
            value *= d * c;
            if (Math.Abs(d * c - 1) < Precision)
            {
                break;
            }
        }
        return value;
    }

    private static double Guarded(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
