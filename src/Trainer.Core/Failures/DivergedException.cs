namespace Trainer.Failures;

/// <summary>Training stopped because the loss became infinite or not a number.</summary>
/// <param name="message">What happened, and the mend.</param>
/// <param name="point">Where in the run; null where nobody knows.</param>
/// <param name="isNotANumber">Whether the loss was not a number, rather than infinite.</param>
public sealed class DivergedException(string message, DivergencePoint? point = null, bool isNotANumber = false) : TrainerException(message)
{
    /// <summary>Where in the run; null where nobody knows.</summary>
    public DivergencePoint? Point => point;

    /// <summary>Whether the loss was not a number, rather than infinite.</summary>
    public bool IsNotANumber => isNotANumber;

    /// <inheritdoc/>
    public override ExitCode ExitCode => ExitCode.Diverged;
}
