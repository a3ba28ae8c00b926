namespace Trainer.Configuration;

/// <summary>
/// Limits for constants that training rounds to binary32, so that what a configuration says is what is computed: none of
/// them becomes 0, 1 or infinite on the way.
/// </summary>
public static class Binary32Range
{
    /// <summary>Smallest positive constant: far above the subnormals.</summary>
    public const double Smallest = 1e-30;

    /// <summary>Largest constant.</summary>
    public const double Largest = 1e30;

    /// <summary>Largest share of what came before that an average may keep; what is nearer to 1 becomes 1.</summary>
    public const double BelowOne = 0.9999999;
}
