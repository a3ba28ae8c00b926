namespace Trainer.Tests.Clusters;

/// <summary>A clock that a test sets.</summary>
internal sealed class TrialClock : TimeProvider
{
    /// <summary>The time, at first that of the machine: files have theirs from there.</summary>
    public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

    public override DateTimeOffset GetUtcNow() => Now;
}
