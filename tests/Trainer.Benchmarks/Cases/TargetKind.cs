namespace Trainer.Benchmarks.Cases;

/// <summary>Which figure a target is about.</summary>
internal enum TargetKind
{
    /// <summary>How many times our time a peer takes; more is better.</summary>
    Ratio,

    /// <summary>Which part of the fma peak is reached; more is better.</summary>
    Share,

    /// <summary>The value itself; less is better.</summary>
    AtMost,
}
