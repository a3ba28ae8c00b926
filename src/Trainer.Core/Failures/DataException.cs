namespace Trainer.Failures;

/// <summary>A data set that is missing, altered, or not the one it claims to be.</summary>
public sealed class DataException(string message, Exception? inner = null) : TrainerException(message, inner)
{
    /// <inheritdoc/>
    public override ExitCode ExitCode => ExitCode.Data;
}
