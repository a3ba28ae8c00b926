namespace Trainer.Failures;

/// <summary>What the program's exit status means; scripts and job schedulers rely on these numbers.</summary>
public enum ExitCode
{
    /// <summary>Everything that was asked for was done.</summary>
    Ok = 0,

    /// <summary>A failure that no other code names.</summary>
    Failure = 1,

    /// <summary>The command line or a configuration is wrong.</summary>
    Usage = 2,

    /// <summary>A data set is missing, altered or does not fit.</summary>
    Data = 3,

    /// <summary>The device asked for is not there or failed.</summary>
    Device = 4,

    /// <summary>The loss became infinite or not a number.</summary>
    Diverged = 5,

    /// <summary>A check (gradients, verification) found a difference, or the doctor a problem.</summary>
    CheckFailed = 6,

    /// <summary>A signal other than Ctrl-C stopped a run; it was kept and asks to be started again.</summary>
    Requeue = 85,

    /// <summary>Interrupted by the user; what was recorded is kept.</summary>
    Interrupted = 130,
}
