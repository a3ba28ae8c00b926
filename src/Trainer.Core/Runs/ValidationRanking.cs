using Trainer.Engines;

namespace Trainer.Runs;

/// <summary>
/// Which of two epochs is the better one, by validation and never by test: by accuracy, or by what early stopping monitors, of
/// equals by the other of loss and accuracy, of equals in both the earlier one.
/// </summary>
/// <param name="by">What decides first.</param>
public readonly struct ValidationRanking(ValidationQuantity by)
{
    /// <summary>The ranking of <paramref name="experiment"/>.</summary>
    public static ValidationRanking Of(Experiment experiment) =>
        new(experiment.EarlyStopping?.Monitor ?? ValidationQuantity.ValAccuracy);

    /// <summary>Whether <paramref name="later"/> is better than <paramref name="earlier"/>.</summary>
    public bool IsBetter(Evaluation later, Evaluation earlier)
    {
        int accuracy = later.Accuracy.CompareTo(earlier.Accuracy);
        int loss = earlier.Loss.CompareTo(later.Loss);
        return by == ValidationQuantity.ValAccuracy
            ? accuracy > 0 || (accuracy == 0 && loss > 0)
            : loss > 0 || (loss == 0 && accuracy > 0);
    }
}
