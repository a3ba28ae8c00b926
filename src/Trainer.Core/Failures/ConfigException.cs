namespace Trainer.Failures;

/// <summary>A configuration or a command line that cannot be followed.</summary>
public sealed class ConfigException(string message, Exception? inner = null) : TrainerException(message, inner)
{
    /// <inheritdoc/>
    public override ExitCode ExitCode => ExitCode.Usage;
}
