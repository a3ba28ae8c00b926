using Trainer.Runs;

namespace Trainer.Results;

/// <summary>Writes files that grow with the epochs of a run.</summary>
/// <remarks>A run that goes on from a checkpoint makes the epochs behind it again: of those that a file already has it neither gets
/// another line nor loses one, and where lines repeat to the byte they are compared.</remarks>
internal interface IRunLog : IRunObserver
{
    /// <summary>Begins anew, in an empty folder.</summary>
    /// <exception cref="Failures.RunFailedException">It cannot be written.</exception>
    void Begin();

    /// <summary>Goes on behind what was recorded of the epochs up to <paramref name="epoch"/>.</summary>
    /// <returns>The file that does not have all of that, so that the log has to <see cref="Begin"/>; null where it goes on.</returns>
    /// <exception cref="Failures.RunFailedException">What is there is not of this kind.</exception>
    string? Lacks(int epoch);

    /// <summary>Has the disk take all that is recorded.</summary>
    /// <exception cref="Failures.RunFailedException">It cannot.</exception>
    void Flush();
}
