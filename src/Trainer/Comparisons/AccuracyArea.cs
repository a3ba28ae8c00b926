using Trainer.Results;

namespace Trainer.Comparisons;

/// <summary>The area under a run's curve of test accuracy, as a mean: who learns earlier has more of it.</summary>
internal static class AccuracyArea
{
    /// <summary>
    /// Σ (e' - e)·(a(e) + a(e')) / 2 over neighbouring measured epochs e &lt; e', by the trapezoidal rule, divided by the length E - 1
    /// of the interval from epoch 1 to the last, E; the untrained network is left out. With a single epoch, its accuracy.
    /// </summary>
    /// <returns>A fraction; null where no trained epoch was measured.</returns>
    public static double? Of(IReadOnlyList<MetricsRow> rows)
    {
        (int Epoch, double Accuracy)? first = null;
        (int Epoch, double Accuracy) before = default;
        double area = 0;
        foreach (MetricsRow row in rows)
        {
            if (row is not { Epoch: > 0, TestAccuracy: { } accuracy })
            {
                continue;
            }
            area += first is null ? 0 : (row.Epoch - before.Epoch) * (before.Accuracy + accuracy) / 2;
            before = (row.Epoch, accuracy);
            first ??= before;
        }
        return first is not { } start ? null : before.Epoch == start.Epoch ? start.Accuracy : area / (before.Epoch - start.Epoch);
    }
}
