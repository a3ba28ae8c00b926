using Trainer.Failures;

namespace Trainer.Results;

/// <summary>Another start of the same task has taken the run over: this one must not write any more.</summary>
/// <param name="message">Who has it now.</param>
internal sealed class LeaseLostException(string message) : TrainerException(message)
{
    /// <inheritdoc/>
    public override ExitCode ExitCode => ExitCode.Failure;
}
