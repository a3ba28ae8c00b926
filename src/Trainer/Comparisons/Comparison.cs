using Trainer.Catalogs;

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

    /// <summary>Curves of the columns of <c>metrics.csv</c>, by group in the order of <see cref="Groups"/>, then by column.</summary>
    public required IReadOnlyList<GroupCurve> Curves { get; init; }
}
