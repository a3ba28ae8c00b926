namespace Trainer.Failures;

/// <summary>Two numbers that have to be equal are not: what was recorded and what is computed, or two ways to compute it.</summary>
public sealed class CheckFailedException(string message) : TrainerException(message)
{
    /// <inheritdoc/>
    public override ExitCode ExitCode => ExitCode.CheckFailed;
}
