namespace Trainer.GradientChecks;

/// <summary>A closer look at an element that does not agree, with a shorter step.</summary>
/// <param name="Slope">The slope with the shorter step.</param>
/// <param name="IsCorner">Whether the loss has a corner (or a jump) within that step.</param>
internal readonly record struct SecondLook(Slope Slope, bool IsCorner)
{
    /// <summary>
    /// Of four points beside w and of w itself. In a smooth place the slopes c over ±h and ±h/2 agree, and the bends
    /// s = (L(w+h) − 2·L(w) + L(w−h))/2h fall with h, so s(h) = 2·s(h/2). A corner that turns the slope by j at a distance d·h from
    /// w moves the first by j·d/2 and the second by j·|3d − 1|/2 (by j·(1 − d)/2 both beyond half the step): never both below a third
    /// of the j·(1 − d)/2 by which it spoils c(h). So a quarter of what is allowed finds every corner that matters. Nothing here
    /// depends on the hand-written gradient: no fault of that can pass for a corner.
    /// </summary>
    public static SecondLook At(double middle, double above, double below, double halfAbove, double halfBelow, double step)
    {
        const double quarter = 0.25;
        var slope = Slope.Between(above, below, step);
        var half = Slope.Between(halfAbove, halfBelow, step / 2);
        double bend = (above - middle - (middle - below)) / (2 * step);
        double halfBend = (halfAbove - middle - (middle - halfBelow)) / step;
        double allowed = quarter * slope.Allowed;
        return new SecondLook(slope, Math.Abs(slope.Value - half.Value) > allowed || Math.Abs(bend - 2 * halfBend) > allowed);
    }
}
