namespace Trainer.Runs;

/// <summary>Keeps a run, so that it can go on from there.</summary>
public interface ICheckpointStore
{
    /// <summary>Whether it is time for another checkpoint.</summary>
    /// <param name="epoch">The last epoch that is recorded.</param>
    /// <param name="step">Steps done of the next one.</param>
    bool IsDue(int epoch, int step);

    /// <summary>Keeps the run as it is now.</summary>
    /// <param name="checkpoint">Where it is; valid during the call.</param>
    /// <exception cref="Failures.RunFailedException">It cannot be kept.</exception>
    void Save(Checkpoint checkpoint);
}
