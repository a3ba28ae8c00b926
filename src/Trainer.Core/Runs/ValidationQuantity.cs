using Trainer.Configuration;

namespace Trainer.Runs;

/// <summary>What of the validation split decides when a run stops and which epoch was best.</summary>
public enum ValidationQuantity
{
    /// <summary>The mean loss.</summary>
    [ConfigName("val_loss")]
    ValLoss,

    /// <summary>The accuracy.</summary>
    [ConfigName("val_accuracy")]
    ValAccuracy,
}
