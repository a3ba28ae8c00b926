using Trainer.Catalogs;
using Trainer.Failures;
using Trainer.Yaml;

namespace Trainer.Comparisons;

/// <summary>Groups of runs side by side: their figures with the spread over seeds, what can be told apart, and what a reader has to
/// know before believing it.</summary>
internal sealed record Comparison
{
    /// <summary>The column that groups are ranked and told apart by.</summary>
    public required ComparedColumn Metric { get; init; }

    /// <summary>All columns, in the order of the table.</summary>
    public required IReadOnlyList<ComparedColumn> Columns { get; init; }

    /// <summary>The groups, best first by the mean of <see cref="Metric"/>.</summary>
    public required IReadOnlyList<ComparedGroup> Groups { get; init; }

    /// <summary>Every pair of groups that have figures.</summary>
    public required IReadOnlyList<PairVerdict> Pairs { get; init; }

    /// <summary>What is not alike although it should be: data sets, epochs, budgets, seeds; a line each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>What could not be read.</summary>
    public required IReadOnlyList<CatalogProblem> Problems { get; init; }

    /// <summary>Curves of the columns of <c>metrics.csv</c>, by group in the order of <see cref="Groups"/>, then by column;
    /// made once they are asked for, since a table needs none.</summary>
    public IReadOnlyList<GroupCurve> Curves { get => field ??= [.. Groups.AsParallel().AsOrdered().SelectMany(GroupCurves.Of)]; init; }

    /// <summary>Compares the groups of <paramref name="catalog"/>, which is best read with its rows.</summary>
    /// <exception cref="ConfigException">There is no such metric or baseline; the message says which there are.</exception>
    public static Comparison Of(RunCatalog catalog, ComparisonOptions? options = null)
    {
        options ??= new ComparisonOptions();
        IReadOnlyList<ComparedColumn> columns = RunColumns.All(options.Target);
        ComparedColumn metric = columns.FirstOrDefault(column => column.Key == options.Metric) ?? throw UnknownMetric(options, columns);
        IReadOnlyList<ComparedGroup> groups = ComparedGroups.Of(catalog, columns, metric);
        if (options.Baseline is { } baseline && groups.All(group => group.Label != baseline))
        {
            throw new ConfigException(
                $"--baseline: '{baseline}' is none of the groups{Suggestion.Ending(baseline, [.. groups.Select(group => group.Label)])}");
        }
        IReadOnlyList<PairVerdict> pairs = PairVerdicts.Of(groups, metric, options.Baseline);
        return new Comparison
        {
            Metric = metric,
            Columns = columns,
            Groups = groups,
            Pairs = pairs,
            Warnings = [.. catalog.Notes, .. Unmeasured(groups, metric), .. BlindTests.Of(pairs), .. PairVerdicts.TooMany(groups, metric, options.Baseline) is { } line ? [line] : (string[])[], .. ComparisonWarnings.Of(catalog, groups)],
            Problems = catalog.Problems,
        };
    }

    private static IEnumerable<string> Unmeasured(IReadOnlyList<ComparedGroup> groups, ComparedColumn metric)
    {
        string needed = metric.Key.StartsWith("best_", StringComparison.Ordinal) || metric.Key.StartsWith("val_", StringComparison.Ordinal)
            ? "; it takes a validation split, data.validation" : "";
        return groups.Any(group => group.Counted.Count > 0) && groups.All(group => group.Spreads[metric.Key] is null)
            ? [$"no run has a {metric.Title} ({metric.Key}), so that nothing is ranked or told apart{needed}"] : [];
    }

    private static ConfigException UnknownMetric(ComparisonOptions options, IReadOnlyList<ComparedColumn> columns) =>
        new(options.Metric == RunColumns.EpochsToTarget
            ? $"--metric {options.Metric}: needs the accuracy to be reached, as --target 0.85"
            : $"--metric: '{options.Metric}' is not known{Suggestion.Ending(options.Metric, [.. columns.Select(column => column.Key)])}");
}
