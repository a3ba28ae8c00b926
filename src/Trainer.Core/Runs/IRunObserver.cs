namespace Trainer.Runs;

/// <summary>Hears what happens in a run: the recorder of files and the terminal are two of them.</summary>
public interface IRunObserver
{
    /// <summary>A slice of an epoch is done.</summary>
    void OnProgress(RunProgress progress);

    /// <summary>The first steps are done, and a trace of them was asked for.</summary>
    void OnTrace(RunTrace trace);

    /// <summary>An epoch is done and measured.</summary>
    /// <param name="record">What repeats to the bit.</param>
    /// <param name="timing">What does not.</param>
    /// <param name="network">The network that was measured: its parameters in the order of the shape, then the running statistics
    /// of its batch normalisations; valid during the call.</param>
    /// <param name="isBest">Whether this is the best epoch so far by validation (<see cref="ValidationRanking"/>); false without a validation split.</param>
    void OnEpoch(EpochRecord record, EpochTiming timing, ReadOnlySpan<float> network, bool isBest);
}
