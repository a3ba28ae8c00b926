using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Reports;

namespace Trainer.Benchmarks.Gpu;

/// <summary>Makes a line of <c>shares.csv</c> of a case's medians.</summary>
internal static class ShareTable
{
    private const double Microsecond = 1e6;
    private const double Millisecond = 1e3;

    /// <summary>The line; null where our own time, or what it is compared with, was not measured.</summary>
    /// <param name="ratios">The case's lines of <c>ratios.csv</c>.</param>
    /// <param name="epoch">What an epoch is.</param>
    /// <param name="ceilings">What the device does at most; null where that is not known.</param>
    public static ShareRow? Row(IReadOnlyList<RatioRow> ratios, EpochFacts epoch, GpuCeilings? ceilings)
    {
        RatioRow ours = ratios[0];
        if (Seconds(ratios, Peer.Ours) is not { } seconds || Seconds(ratios, Peer.NoRows) is not { } noRows
            || Seconds(ratios, Peer.HostAlone) is not { } host)
        {
            return null;
        }
        double launch = Math.Max(0, noRows - host);
        double? arithmetic = epoch.Work.Operations / ceilings?.Operations;
        double? memory = epoch.Work.Bytes / ceilings?.Bytes;
        double? chain = epoch.Work.Links * ceilings?.Link;
        double? floor = arithmetic is null ? null : Math.Max(arithmetic.Value, Math.Max(memory!.Value, chain!.Value));
        return new ShareRow
        {
            Case = ours.Case,
            Rows = epoch.Rows,
            Steps = epoch.Steps,
            LaunchesPerStep = Math.Round((double)epoch.Launches / epoch.Steps, 2),
            EpochSeconds = seconds,
            Low = ours.Low!.Value / ours.Epochs!.Value,
            High = ours.High!.Value / ours.Epochs.Value,
            StepUs = PerStep(seconds),
            HostUs = PerStep(host),
            LaunchUs = PerStep(launch),
            ArithmeticUs = PerStepOrNull(arithmetic),
            MemoryUs = PerStepOrNull(memory),
            ChainUs = PerStepOrNull(chain),
            HostShare = Share(host),
            LaunchShare = Share(launch),
            ArithmeticShare = ShareOrNull(arithmetic),
            MemoryShare = ShareOrNull(memory),
            ChainShare = ShareOrNull(chain),
            WaitingShare = ShareOrNull(seconds - host - launch - floor),
            OrderMs = Math.Round(epoch.OrderSeconds * Millisecond, 3),
        };

        double PerStep(double value) => Math.Round(value / epoch.Steps * Microsecond, 3);
        double? PerStepOrNull(double? value) => value is { } known ? PerStep(known) : null;
        double Share(double value) => Math.Round(value / seconds, 4);
        double? ShareOrNull(double? value) => value is { } known ? Share(known) : null;
    }

    /// <summary>Seconds of one epoch.</summary>
    public static double? Seconds(IEnumerable<RatioRow> ratios, string contestant)
    {
        RatioRow? row = ratios.FirstOrDefault(row => row.Contestant == contestant);
        return row?.Median / row?.Epochs;
    }
}
