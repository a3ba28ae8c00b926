using System.Globalization;
using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Reports;
using Trainer.Terminal;

namespace Trainer.Benchmarks.Gpu;

/// <summary>The GPU benchmark as tables on the terminal.</summary>
/// <param name="shell">Where to print.</param>
internal sealed class GpuConsole(Shell shell)
{
    private const double Millisecond = 1e3;

    /// <summary>Prints them.</summary>
    public void Print(GpuFigures figures, int rows)
    {
        Print(Trainings(figures));
        shell.Output.WriteLine("arithmetic, memory and chain are floors at the measured ceilings, and go on at the same time; the rest is waiting");
        Print(Sides(figures.Sides));
        Print(Targets(TargetRow.All(figures.Ratios, figures.Sides, rows)));
    }

    /// <summary>One case in one line, while the others are still to come.</summary>
    public static string Line(IReadOnlyList<RatioRow> ratios) => string.Join("; ", ratios
        .Where(row => row.Contestant is not (Peer.NoRows or Peer.HostAlone))
        .Select(row => row.Median / row.Epochs is { } seconds
            ? Text($"{row.Contestant} {seconds * Millisecond:0.0##} ms an epoch")
            : $"{row.Contestant} {row.Status.Replace('_', ' ')}"));

    /// <summary>One network: time, shares, ratios; the first line is the heading.</summary>
    public static IReadOnlyList<string[]> Trainings(GpuFigures figures) =>
    [
        ["case", "epoch ms (spread)", "step us", "host", "launch", "arithmetic", "memory", "chain", "waiting", "eager", "graphs"],
        .. from row in figures.Shares
           select new[]
           {
               row.Case,
               Text($"{row.EpochSeconds * Millisecond:0.0} ({row.Low * Millisecond:0.0}-{row.High * Millisecond:0.0})"),
               Text($"{row.StepUs:0.0}"),
               Percent(row.HostShare),
               Percent(row.LaunchShare),
               Percent(row.ArithmeticShare),
               Percent(row.MemoryShare),
               Percent(row.ChainShare),
               Percent(row.WaitingShare),
               Times(figures.Ratios, row.Case, Peer.PytorchEager),
               Times(figures.Ratios, row.Case, Peer.PytorchGraphs),
           },
    ];

    /// <summary>Several networks; the first line is the heading.</summary>
    public static IReadOnlyList<string[]> Sides(IEnumerable<SideBySideRow> sides) =>
    [
        ["case", "networks", "epoch ms", "models/s", "times one (spread)"],
        .. from row in sides
           select new[]
           {
               row.Case,
               Text($"{row.Networks}"),
               row.EpochSeconds is { } seconds ? Text($"{seconds * Millisecond:0.0}") : row.Status,
               row.ModelsPerSecond is { } models ? Text($"{models:0.0}") : "",
               row.TimesOneLow is { } low ? Text($"{row.TimesOne:0.00} ({low:0.00}-{row.TimesOneHigh:0.00})") : "",
           },
    ];

    /// <summary>What was hoped for; the first line is the heading.</summary>
    public static IReadOnlyList<string[]> Targets(IEnumerable<TargetRow> targets) =>
    [
        ["target", "bound", "measured", "verdict"],
        .. from row in targets
           select new[] { row.Target, row.Bound, row.Value is { } value ? Text($"{value:0.0##}") : "", row.Verdict.Replace('_', ' ') },
    ];

    private static string Times(IEnumerable<RatioRow> ratios, string item, string peer)
    {
        RatioRow? row = ratios.FirstOrDefault(row => row.Case == item && row.Contestant == peer);
        return row?.Ratio is { } ratio ? Text($"{ratio:0.0}x") : row?.Status.Replace('_', ' ') ?? "";
    }

    private static string Percent(double? share) => share is { } part ? Text($"{part * 100:0} %") : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Print(IReadOnlyList<string[]> table)
    {
        if (table.Count == 1)
        {
            return;
        }
        foreach (string line in TextTable.Lines([table[0]], [.. table.Skip(1)], shell.IsTerminal))
        {
            shell.Output.WriteLine(line);
        }
    }
}
