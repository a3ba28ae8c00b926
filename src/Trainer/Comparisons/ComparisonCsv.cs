using System.Globalization;
using Trainer.Catalogs;
using Trainer.Results;

namespace Trainer.Comparisons;

/// <summary>A comparison as tables for machines: every number with all its digits, every mean traceable to its runs.</summary>
internal static class ComparisonCsv
{
    private const string DirectorySeparator = "/";

    /// <summary>A row a group: of every column mean, sd, least, most and how many runs have it.</summary>
    /// <exception cref="Failures.RunFailedException">The file cannot be written.</exception>
    public static void WriteGroups(Comparison comparison, string path) => CsvFile.Write(
        path,
        [
            "group", "config_hash", "data_set", "data_hash", "runs", "counted", "seeds",
            .. comparison.Columns.SelectMany(column => new[] { "mean", "sd", "min", "max", "n" }.Select(part => $"{column.Key}_{part}")),
        ],
        comparison.Groups.Select(group => (string[])
        [
            group.Label, group.Group.Hash, group.Group.Data.Name, group.Group.Data.Hash ?? "",
            Text(group.Group.Runs.Count), Text(group.Counted.Count), ComparisonWarnings.SeedsText(group.Counted),
            .. comparison.Columns.SelectMany(column => Cells(group.Spreads[column.Key])),
        ]));

    /// <summary>A row a run, those that do not count too: where it lies, its last epoch, and its figures.</summary>
    /// <exception cref="Failures.RunFailedException">The file cannot be written.</exception>
    public static void WriteRuns(Comparison comparison, string path) => CsvFile.Write(
        path,
        ["group", "folder", "config_hash", "seed", "data_set", "data_hash", "state", "counted", "epoch", "digest", .. comparison.Columns.Select(column => column.Key)],
        comparison.Groups.SelectMany(group => group.Group.Runs.Select(run => Row(comparison, group, run))));

    /// <summary>A row a pair of groups.</summary>
    /// <exception cref="Failures.RunFailedException">The file cannot be written.</exception>
    public static void WritePairs(Comparison comparison, string path) => CsvFile.Write(
        path,
        ["first", "second", "metric", "pairs", "difference", "low", "high", "p", "p_adjusted", "different", "seeds_needed", "method"],
        comparison.Pairs.Select(pair => (string[])
        [
            pair.First, pair.Second, comparison.Metric.Key, Text(pair.Pairs), Text(pair.Difference), Text(pair.Low), Text(pair.High),
            Text(pair.PValue), Text(pair.AdjustedPValue), pair.AreDifferent ? "true" : "false",
            pair.SeedsNeeded is { } seeds ? Text(seeds) : "", pair.Method,
        ]));

    private static string[] Row(Comparison comparison, ComparedGroup group, RunEntry run)
    {
        int place = group.Counted.TakeWhile(counted => counted != run).Count();
        bool counts = place < group.Counted.Count;
        MetricsRow? last = run.Rows.Count > 0 ? run.Rows[^1] : null;
        return
        [
            group.Label, run.Folder.Path.Replace(Path.DirectorySeparatorChar.ToString(), DirectorySeparator, StringComparison.Ordinal),
            run.Hash, run.Experiment.Seed.ToString(CultureInfo.InvariantCulture), run.Data.Name, run.Data.Hash ?? "",
            run.Status.State.ToString().ToLowerInvariant(), counts ? "true" : "false",
            last is null ? "" : Text(last.Epoch), last?.Digest ?? "",
            .. comparison.Columns.Select(column => !counts ? "" : Text(group.Values[column.Key][place])),
        ];
    }

    private static string[] Cells(Spread? spread) => spread is null
        ? ["", "", "", "", "0"]
        : [Text(spread.Mean), Text(spread.StandardDeviation), Text(spread.Least), Text(spread.Most), Text(spread.Count)];

    // The shortest digits that read back to the same number.
    private static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
