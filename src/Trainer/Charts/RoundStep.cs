namespace Trainer.Charts;

/// <summary>A distance between ticks that people count in: 1, 2 or 5 times a power of ten.</summary>
/// <param name="Mantissa">1, 2 or 5.</param>
/// <param name="Exponent">The power of ten.</param>
internal readonly record struct RoundStep(int Mantissa, int Exponent)
{
    /// <summary>The smallest round step with which the interval, rounded outwards, has at most <paramref name="most"/> steps.</summary>
    /// <param name="minimum">Lower end, finite.</param>
    /// <param name="maximum">Upper end, above the lower.</param>
    /// <param name="most">At least 2: rounding outwards can need two steps however large they are.</param>
    /// <param name="whole">Whether the step must be a whole number.</param>
    public static RoundStep For(double minimum, double maximum, int most, bool whole)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        int exponent = (int)Math.Floor(Math.Log10(maximum / most - minimum / most));
        for (var step = new RoundStep(1, whole ? Math.Max(0, exponent) : exponent); ; step = step.Next())
        {
            if (step.Above(maximum) - step.Below(minimum) <= most)
            {
                return step;
            }
        }
    }

    /// <summary>The tick number <paramref name="index"/>: index · mantissa · 10^exponent, rounded once where powers of ten are exact.</summary>
    public double At(double index) => Exponent < 0
        ? index * Mantissa / Math.Pow(10, -Exponent)
        : index * Mantissa * Math.Pow(10, Exponent);

    /// <summary>Index of the last tick at or below <paramref name="value"/>.</summary>
    public double Below(double value) => WithoutSign(Math.Floor(InSteps(value)));

    /// <summary>Index of the first tick at or above <paramref name="value"/>.</summary>
    public double Above(double value) => WithoutSign(Math.Ceiling(InSteps(value)));

    /// <summary>The next larger round step.</summary>
    public RoundStep Next() => Mantissa switch
    {
        1 => this with { Mantissa = 2 },
        2 => this with { Mantissa = 5 },
        _ => new RoundStep(1, Exponent + 1),
    };

    /// <summary>The next smaller round step.</summary>
    public RoundStep Previous() => Mantissa switch
    {
        5 => this with { Mantissa = 2 },
        2 => this with { Mantissa = 1 },
        _ => new RoundStep(5, Exponent - 1),
    };

    /// <summary>Zero for minus zero, which rounding makes of -0.4 and which would be written with its sign.</summary>
    private static double WithoutSign(double index) => index == 0 ? 0 : index;

    /// <summary>The value counted in steps; a hair beside a whole number counts as that number, so that 0.3 is 3 steps of 0.1.</summary>
    private double InSteps(double value)
    {
        double steps = value / At(1);
        double nearest = Math.Round(steps);
        double hair = Math.Max(1e-9, 1e-14 * Math.Abs(nearest));
        return Math.Abs(steps - nearest) <= hair ? nearest : steps;
    }
}
