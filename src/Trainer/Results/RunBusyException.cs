using Trainer.Failures;

namespace Trainer.Results;

/// <summary>Another process is at work in a run's folder.</summary>
/// <param name="message">Which.</param>
internal sealed class RunBusyException(string message) : TrainerException(message)
{
    /// <inheritdoc/>
    public override ExitCode ExitCode => ExitCode.Failure;
}
