namespace Trainer.Schedules;

/// <summary>What a schedule hears of an epoch; see <see cref="MonitoredQuantity"/>.</summary>
/// <param name="Step">Steps done since the start of the run.</param>
/// <param name="TrainLoss">Mean loss on the training rows; null when it was not measured.</param>
/// <param name="ValLoss">Mean loss on the validation rows; null without such a split.</param>
/// <param name="ValAccuracy">Accuracy on the validation rows; null without such a split.</param>
public readonly record struct MeasuredEpoch(long Step, double? TrainLoss, double? ValLoss, double? ValAccuracy)
{
    /// <summary>One of the three.</summary>
    /// <exception cref="InvalidOperationException">It was not measured.</exception>
    public double this[MonitoredQuantity quantity] => quantity switch
    {
        MonitoredQuantity.ValLoss => ValLoss,
        MonitoredQuantity.ValAccuracy => ValAccuracy,
        _ => TrainLoss,
    }
    ?? throw new InvalidOperationException($"{quantity} was not measured after step {Step}");
}
