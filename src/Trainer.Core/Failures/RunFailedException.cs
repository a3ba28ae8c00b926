namespace Trainer.Failures;

/// <summary>A failure outside the other kinds: a folder that cannot be written, a missing program, a broken run folder.</summary>
public sealed class RunFailedException(string message, Exception? inner = null) : TrainerException(message, inner)
{
    /// <inheritdoc/>
    public override ExitCode ExitCode => ExitCode.Failure;
}
