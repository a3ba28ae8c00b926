namespace Trainer.Failures;

/// <summary>Training stopped because the loss became infinite or not a number.</summary>
public sealed class DivergedException(string message) : TrainerException(message)
{
    /// <inheritdoc/>
    public override ExitCode ExitCode => ExitCode.Diverged;
}
