namespace Trainer.GradientChecks;

/// <summary>A derivative by a central difference, and how small a gradient that difference can still tell from 0.</summary>
/// <param name="Value">(L(w + h) − L(w − h))/2h.</param>
/// <param name="Floor">Gradients below this count as this: what is left of them is rounding.</param>
internal readonly record struct Slope(double Value, double Floor)
{
    /// <summary>Unit roundoff of binary64.</summary>
    private const double Epsilon = 1.0 / (1L << 53);

    /// <summary>How many roundings of the loss a difference may be off by. At most 5 were seen (784-128-64-10, 64 rows).</summary>
    private const double Roundings = 64;

    /// <summary>The slope between two points.</summary>
    /// <param name="above">L(w + h).</param>
    /// <param name="below">L(w − h).</param>
    /// <param name="step">h.</param>
    public static Slope Between(double above, double below, double step)
    {
        double size = Math.Max(1, Math.Max(Math.Abs(above), Math.Abs(below)));
        double rounding = Roundings * Epsilon * size / step;
        return new Slope((above - below) / (2 * step), rounding / GradientCheck.Tolerance);
    }

    /// <summary>Whether neither this nor <paramref name="handWritten"/> can be told from 0.</summary>
    public bool IsZeroBeside(double handWritten) =>
        Math.Max(Math.Abs(handWritten), Math.Abs(Value)) <= GradientCheck.Tolerance * Floor;

    /// <summary>|a − n|/max(floor, |a| + |n|); infinite where that is no number.</summary>
    public double ErrorOf(double handWritten)
    {
        double error = Math.Abs(handWritten - Value) / Math.Max(Floor, Math.Abs(handWritten) + Math.Abs(Value));
        return double.IsFinite(error) ? error : double.PositiveInfinity;
    }

    /// <summary>The greatest |a − n| that passes, near n.</summary>
    public double Allowed => GradientCheck.Tolerance * Math.Max(Floor, 2 * Math.Abs(Value));
}
