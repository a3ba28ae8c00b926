namespace Trainer.Runs;

/// <summary>How the parameters get through an epoch: by the engine's update rule, or by the host's line search.</summary>
internal interface IEpochDescent
{
    /// <summary>Trains epoch <paramref name="epoch"/>.</summary>
    /// <param name="epoch">Its number.</param>
    /// <param name="done">What of it was done before; the engine is as it was then.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <returns>What it came to; or no epoch, the parameters as they were, and why there is no way on.</returns>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    /// <exception cref="Failures.DivergedException">The loss became infinite or not a number.</exception>
    /// <exception cref="Failures.RunFailedException">There may be a way on, but the settings do not lead to it.</exception>
    (TrainedEpoch? Trained, RunStop? Stop) Train(int epoch, EpochPart done, CancellationToken cancellation);

    /// <summary>Hears what was measured after the epoch.</summary>
    void Observe(EpochRecord record);
}
