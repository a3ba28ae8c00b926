namespace Trainer.Formulas;

/// <summary>Powers with whole exponents by multiplication alone: a library's <c>pow</c> differs between machines.</summary>
public static class WholePower
{
    /// <summary>xⁿ for n ≥ 0, by repeated squaring in binary64.</summary>
    public static double Of(double x, long n)
    {
        double power = 1;
        for (double square = x; n > 0; n >>= 1, square *= square)
        {
            if ((n & 1) == 1)
            {
                power *= square;
            }
        }
        return power;
    }
}
