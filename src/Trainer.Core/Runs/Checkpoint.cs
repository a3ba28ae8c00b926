using Trainer.Engines;

namespace Trainer.Runs;

/// <summary>Where a run is, between two steps: with the lines recorded up to <see cref="Epoch"/> it is all that a run needs to go on to
/// the bit. Rows, rates, masks, noise and distortions follow from the configuration and the number of the step.</summary>
/// <param name="Epoch">The last epoch that is recorded.</param>
/// <param name="Part">What was done of the next one.</param>
/// <param name="Network">The network; valid until the next checkpoint of the same run is made.</param>
public sealed record Checkpoint(int Epoch, EpochPart Part, NetworkState Network)
{
    /// <summary>"epoch 7", "epoch 7, step 300".</summary>
    public string Place => Part.Step == 0
        ? FormattableString.Invariant($"epoch {Epoch}")
        : FormattableString.Invariant($"epoch {Epoch + 1}, step {Part.Step}");
}
