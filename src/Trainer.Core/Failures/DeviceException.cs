namespace Trainer.Failures;

/// <summary>A compute device that is not there, is not usable, or failed.</summary>
public sealed class DeviceException(string message, Exception? inner = null) : TrainerException(message, inner)
{
    /// <inheritdoc/>
    public override ExitCode ExitCode => ExitCode.Device;
}
