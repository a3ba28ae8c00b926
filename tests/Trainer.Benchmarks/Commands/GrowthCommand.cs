using System.CommandLine;
using Trainer.Benchmarks.Growth;
using Trainer.Charts;
using Trainer.Results;
using Trainer.Storage;
using Trainer.Terminal;

namespace Trainer.Benchmarks.Commands;

/// <summary>How the time of a row grows.</summary>
internal static class GrowthCommand
{
    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        Option<string?> folder = CompareCommand.Out();
        var command = new Command(
            "growth", "Measures how our training time grows with width, depth, batch, threads and rows: growth.csv and pictures. A minute.")
        {
            folder,
        };
        command.SetAction(parsed => BenchmarkCommandLine.Guarded(
            shell, cancellation => Run(shell, CompareCommand.Folder(parsed.GetValue(folder)), cancellation)));
        return command;
    }

    private static void Run(Shell shell, string folder, CancellationToken cancellation)
    {
        var all = new List<GrowthRow>();
        foreach (Sweep sweep in Sweep.All())
        {
            var rows = new List<GrowthRow>();
            foreach (SweepPoint point in sweep.Points)
            {
                cancellation.ThrowIfCancellationRequested();
                GrowthRow row = GrowthMeasurement.Of(sweep, point);
                rows.Add(row);
                shell.Output.WriteLine(FormattableString.Invariant(
                    $"{row.Sweep,-8} {row.X,6} {row.Median,10:0.000} us a row ({row.Low:0.000}-{row.High:0.000}), {row.AtPeak / row.Median * 100,3:0} % of peak"));
                shell.Output.Flush();
            }
            all.AddRange(rows);
            CsvFile.Write(Path.Combine(folder, "growth.csv"), all);
            AtomicFile.Write(
                Path.Combine(folder, $"growth-{sweep.Name}.svg"), stream => new SvgRenderer().Render(GrowthFigure.Of(sweep, rows), stream));
        }
        shell.Output.WriteLine($"written to {folder}");
    }
}
