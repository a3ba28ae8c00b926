namespace Trainer.GradientChecks;

/// <summary>How far the hand-written gradient of one parameter is from a difference.</summary>
/// <param name="Index">The element's place in its tensor.</param>
/// <param name="HandWritten">By back-propagation.</param>
/// <param name="Numeric">By a central difference.</param>
/// <param name="Error">|a − n|/max(floor, |a| + |n|), see <see cref="Slope"/>.</param>
public readonly record struct ElementError(int Index, double HandWritten, double Numeric, double Error)
{
    /// <summary>|a − n|.</summary>
    public double Difference => Math.Abs(HandWritten - Numeric);
}
