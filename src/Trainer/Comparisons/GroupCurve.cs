namespace Trainer.Comparisons;

/// <summary>A column of <c>metrics.csv</c> by epoch, over the runs of a group.</summary>
/// <param name="Label">The group.</param>
/// <param name="Column">The column, "test_accuracy".</param>
/// <param name="Epochs">The epochs that any of the runs has.</param>
/// <param name="Mean">The mean over the runs that have the epoch; NaN where none has a value.</param>
/// <param name="StandardDeviation">Their standard deviation with n - 1; NaN where fewer than two have a value.</param>
/// <param name="Seeds">The seed of each run.</param>
/// <param name="Runs">Each run's values; NaN where it has none.</param>
internal sealed record GroupCurve(
    string Label, string Column, IReadOnlyList<int> Epochs, IReadOnlyList<double> Mean, IReadOnlyList<double> StandardDeviation,
    IReadOnlyList<ulong> Seeds, IReadOnlyList<IReadOnlyList<double>> Runs);
