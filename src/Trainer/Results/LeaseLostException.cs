using Trainer.Failures;

namespace Trainer.Results;

/// <summary>Another start of the same task has taken the run over: this one must not write any more.</summary>
/// <param name="message">Who has it now.</param>
/// <param name="holder">The same; null where it is gone, or cannot be read.</param>
internal sealed class LeaseLostException(string message, LeaseHolder? holder) : TrainerException(message)
{
    /// <summary>Who has it now; null where it is gone, or cannot be read.</summary>
    public LeaseHolder? Holder => holder;

    /// <inheritdoc/>
    public override ExitCode ExitCode => ExitCode.Failure;
}
