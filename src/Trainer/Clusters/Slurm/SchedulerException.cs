using Trainer.Failures;

namespace Trainer.Clusters.Slurm;

/// <summary>SLURM did not do what it was asked for; the message is one line with its own words.</summary>
/// <param name="message">The line.</param>
/// <param name="inner">What led to it.</param>
internal sealed class SchedulerException(string message, Exception? inner = null) : TrainerException(message, inner)
{
    /// <inheritdoc/>
    public override ExitCode ExitCode => ExitCode.Failure;

    /// <summary>
    /// Whether there was no answer, because the controller is down or busy or the program was ended: what was asked for may have been
    /// done or not, and the same question can be put again.
    /// </summary>
    public bool IsUnreachable { get; init; }

    /// <summary>Whether the program is not on this machine.</summary>
    public bool IsMissing { get; init; }
}
