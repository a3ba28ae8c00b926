using Trainer.Engines;
using Trainer.Runs;

namespace Trainer.Results;

/// <summary>The best epoch of recorded rows.</summary>
internal static class BestEpoch
{
    /// <summary>The best by validation, never by test; null without a validation split.</summary>
    public static MetricsRow? ByValidation(IReadOnlyList<MetricsRow> rows, ValidationRanking ranking)
    {
        (MetricsRow Row, Evaluation Validation)? best = null;
        foreach (MetricsRow row in rows)
        {
            if (row is { ValLoss: { } loss, ValAccuracy: { } accuracy }
                && (best is not { } earlier || ranking.IsBetter(new Evaluation(loss, accuracy), earlier.Validation)))
            {
                best = (row, new Evaluation(loss, accuracy));
            }
        }
        return best?.Row;
    }
}
