namespace Trainer.Runs;

/// <summary>Why a run was complete before its last epoch.</summary>
public enum StopCause
{
    /// <summary>Validation no longer improved: <see cref="EarlyStopping"/>.</summary>
    EarlyStopping,

    /// <summary>A line search found no step that leads further down: the parameters are at a minimum, as far as binary32 tells.</summary>
    Converged,
}
