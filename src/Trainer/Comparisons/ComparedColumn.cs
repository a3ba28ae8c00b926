using Trainer.Catalogs;

namespace Trainer.Comparisons;

/// <summary>One figure of a run that groups are compared by.</summary>
/// <param name="Key">Its name in CSV files and in <c>--metric</c>: "test_accuracy", "seconds".</param>
/// <param name="Title">Its name for people.</param>
/// <param name="HigherIsBetter">Which way is better; null where neither is.</param>
/// <param name="IsFraction">Whether it is a fraction from 0 to 1.</param>
/// <param name="Of">The figure; null where the run has none.</param>
internal sealed record ComparedColumn(string Key, string Title, bool? HigherIsBetter, bool IsFraction, Func<RunEntry, double?> Of);
