using Trainer.Catalogs;

namespace Trainer.Comparisons;

/// <summary>Makes groups of runs ready to be compared: their figures by column, best first.</summary>
internal static class ComparedGroups
{
    /// <summary>The groups of <paramref name="catalog"/>, best first by <paramref name="metric"/>, those without figures last.</summary>
    public static IReadOnlyList<ComparedGroup> Of(RunCatalog catalog, IReadOnlyList<ComparedColumn> columns, ComparedColumn metric)
    {
        ComparedGroup[] groups = [.. catalog.Groups().AsParallel().AsOrdered().Select(group => Of(group, columns))];
        // A stable order: groups that are alike stay as they were met.
        double sign = metric.HigherIsBetter == true ? -1 : 1;
        return [.. groups.OrderBy(group => group.Spreads[metric.Key] is { } spread ? sign * spread.Mean : double.PositiveInfinity)];
    }

    private static ComparedGroup Of(RunGroup group, IReadOnlyList<ComparedColumn> columns)
    {
        RunEntry[] counted = [.. group.Runs.Where(run => run.Counts)];
        var values = columns.ToDictionary(
            column => column.Key,
            column => (IReadOnlyList<double?>)[.. counted.Select(run => column.Of(run) is { } value && double.IsFinite(value) ? value : (double?)null)],
            StringComparer.Ordinal);
        var spreads = values.ToDictionary(
            pair => pair.Key, pair => Spread.Of([.. pair.Value.OfType<double>()]), StringComparer.Ordinal);
        return new ComparedGroup(group, counted, values, spreads);
    }
}
