using Trainer.Runs;

namespace Trainer.Terminal;

/// <summary>Tells several observers the same, in order.</summary>
/// <param name="observers">Who hears of it; the recorder of files first, so that nothing is shown that is not kept.</param>
internal sealed class Observers(params IRunObserver[] observers) : IRunObserver
{
    /// <inheritdoc/>
    public void OnProgress(RunProgress progress) => Array.ForEach(observers, observer => observer.OnProgress(progress));

    /// <inheritdoc/>
    public void OnTrace(RunTrace trace) => Array.ForEach(observers, observer => observer.OnTrace(trace));

    /// <inheritdoc/>
    public void OnEpoch(EpochRecord record, EpochTiming timing, ReadOnlySpan<float> network, bool isBest)
    {
        foreach (IRunObserver observer in observers)
        {
            observer.OnEpoch(record, timing, network, isBest);
        }
    }
}
