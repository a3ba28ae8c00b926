using Trainer.Engines;

namespace Trainer.Runs;

/// <summary>What was done of an epoch that is being trained.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="LossSum">The losses of their rows, summed in binary64 in the order of training.</param>
/// <param name="Correct">How many of their rows were classified right.</param>
/// <param name="Training">How long it took.</param>
public readonly record struct EpochPart(int Step, double LossSum, int Correct, TimeSpan Training)
{
    /// <summary>Mean loss and accuracy over <paramref name="rows"/> rows, all that were trained on.</summary>
    public Evaluation Mean(int rows) => new(LossSum / rows, (double)Correct / rows);
}
