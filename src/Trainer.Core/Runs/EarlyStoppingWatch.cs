using Trainer.Engines;

namespace Trainer.Runs;

/// <summary>Counts the epochs without an improvement.</summary>
/// <remarks>A fold over the epochs' records, from epoch 0: a run that goes on from a checkpoint gets this state back by
/// observing the recorded ones again.</remarks>
/// <param name="settings">When to stop.</param>
public sealed class EarlyStoppingWatch(EarlyStopping settings)
{
    private int _epoch;
    private int _bestEpoch;
    private double? _best;

    /// <summary>That it is time, and why; null while it is not.</summary>
    public RunStop? Stop => _epoch - _bestEpoch < settings.Patience ? null : new RunStop(StopCause.EarlyStopping, _epoch, Reason());

    /// <summary>Hears of an epoch, which has a validation split.</summary>
    public void Observe(EpochRecord record)
    {
        Evaluation validation = record.Validation!.Value;
        _epoch = record.Epoch;
        bool better = settings.Monitor == ValidationQuantity.ValLoss
            ? _best is not { } lowest || lowest - validation.Loss > settings.MinDelta
            : _best is not { } highest || validation.Accuracy - highest > settings.MinDelta;
        if (better)
        {
            _best = settings.Monitor == ValidationQuantity.ValLoss ? validation.Loss : validation.Accuracy;
            _bestEpoch = _epoch;
        }
    }

    private string Reason()
    {
        string delta = settings.MinDelta == 0 ? "" : FormattableString.Invariant($" by more than {settings.MinDelta}");
        string epochs = settings.Patience == 1 ? "1 epoch" : $"{settings.Patience} epochs";
        string improved = settings.Monitor == ValidationQuantity.ValLoss ? "val_loss has not fallen below" : "val_accuracy has not risen above";
        return FormattableString.Invariant($"{improved} the {_best} of epoch {_bestEpoch}{delta} for {epochs}");
    }
}
