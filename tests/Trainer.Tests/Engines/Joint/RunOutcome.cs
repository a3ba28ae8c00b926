using Trainer.Engines;
using Trainer.Runs;
using Trainer.Tests.Runs;

namespace Trainer.Tests.Engines.Joint;

/// <summary>All that came of a run.</summary>
/// <param name="Records">Its epochs, with the digests of their parameters, a line each.</param>
/// <param name="End">How it ended before its last epoch, if it did.</param>
internal sealed record RunOutcome(string Records, string? End)
{
    /// <summary>Makes the run and disposes of the engine.</summary>
    public static RunOutcome Of(Experiment experiment, TrainingSetup setup, IEngine engine, CancellationToken cancellation = default)
    {
        var observer = new RecordingObserver();
        string? end;
        try
        {
            using (engine)
            {
                end = new Run(experiment, setup, engine, observer).Execute(cancellation)?.Reason;
            }
        }
        catch (Exception failure)
        {
            end = $"{failure.GetType().Name}: {failure.Message}";
        }
        return new RunOutcome(string.Join('\n', observer.Records), end);
    }
}
