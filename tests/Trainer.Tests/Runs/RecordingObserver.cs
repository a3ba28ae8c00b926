using Trainer.Runs;

namespace Trainer.Tests.Runs;

/// <summary>Keeps everything a run tells.</summary>
internal sealed class RecordingObserver : IRunObserver
{
    public List<EpochRecord> Records { get; } = [];

    public List<RunTrace> Traces { get; } = [];

    /// <summary>All parameters after each epoch.</summary>
    public List<float[]> Parameters { get; } = [];

    /// <summary>The epochs that were the best so far.</summary>
    public List<int> Best { get; } = [];

    public Action<RunProgress> AtProgress { get; init; } = static _ => { };

    public void OnProgress(RunProgress progress) => AtProgress(progress);

    public void OnTrace(RunTrace trace) => Traces.Add(trace);

    public void OnEpoch(EpochRecord record, EpochTiming timing, ReadOnlySpan<float> network, bool isBest)
    {
        Records.Add(record);
        Parameters.Add(network.ToArray());
        if (isBest)
        {
            Best.Add(record.Epoch);
        }
    }
}
