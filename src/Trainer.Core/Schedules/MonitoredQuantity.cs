using Trainer.Configuration;

namespace Trainer.Schedules;

/// <summary>What a schedule can look at after an epoch. Nothing of the test split is among it: a rate that followed the test
/// rows would have learnt from them.</summary>
public enum MonitoredQuantity
{
    /// <summary>Mean loss on the validation rows.</summary>
    [ConfigName("val_loss")]
    ValLoss,

    /// <summary>Accuracy on the validation rows.</summary>
    [ConfigName("val_accuracy")]
    ValAccuracy,

    /// <summary>Mean loss on the training rows, measured at the end of the epoch.</summary>
    [ConfigName("train_loss")]
    TrainLoss,
}
