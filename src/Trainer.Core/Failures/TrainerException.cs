namespace Trainer.Failures;

/// <summary>
/// A failure that a user can understand and mend: its message is one line that names the place and the mend,
/// and the program ends with <see cref="ExitCode"/>. Any other exception is a defect of ours.
/// </summary>
public abstract class TrainerException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The exit status that this failure ends the program with.</summary>
    public abstract ExitCode ExitCode { get; }
}
