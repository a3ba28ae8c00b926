namespace Trainer.GradientChecks.Faults;

/// <summary>What a check made of a fault.</summary>
public enum FaultVerdict
{
    /// <summary>The check failed, as it should.</summary>
    Caught,

    /// <summary>The fault makes no difference here: every number is the same with it.</summary>
    NoChange,

    /// <summary>The check passed all the same.</summary>
    Missed,
}
