using Trainer.Verification.Checks;

namespace Trainer.Verification;

/// <summary>All checks that need no training, in the order in which they are told.</summary>
internal static class RunCheckList
{
    /// <summary>The checks.</summary>
    public static IReadOnlyList<IRunCheck> All { get; } =
    [
        new ConfigCheck(), new StatusCheck(), new SumsCheck(), new DataCheck(), new MetricsCheck(), new StepsCheck(), new StartCheck(),
        new WeightsCheck(), new DigestsCheck(), new SummaryCheck(), new TimingCheck(), new LineSearchCheck(), new DiagnosticsCheck(),
        new EventsCheck(), new TraceCheck(), new CheckpointsCheck(),
    ];
}
