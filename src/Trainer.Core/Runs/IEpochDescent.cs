using Trainer.Diagnostics;

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

    /// <summary>Where a divergence began. The engine is no good for training afterwards.</summary>
    /// <param name="good">The last state in which all was well, of the epoch or from before it.</param>
    /// <param name="epoch">The epoch of the step.</param>
    /// <param name="step">Which step of the epoch met the loss, from 0; the number of its steps where that was measured behind them.</param>
    /// <returns>Null where nobody can tell.</returns>
    DivergenceOrigin? OriginOf(Checkpoint good, int epoch, int step);
}
