namespace Trainer.Schedules;

/// <summary>How the threshold of <see cref="ReduceOnPlateau"/> is meant.</summary>
public enum ThresholdMode
{
    /// <summary>As a part of the best value so far.</summary>
    Rel,

    /// <summary>As a difference to it.</summary>
    Abs,
}
