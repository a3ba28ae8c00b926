namespace Trainer.Engines;

/// <summary>
/// One epoch, decided by the host: the engine carries it out. Step s of the epoch takes the rows
/// <c>Order[s·BatchSize .. (s + 1)·BatchSize]</c>; the last step may have fewer and is trained on all the same.
/// </summary>
public sealed class EpochPlan
{
    /// <summary>A plan over the training rows <paramref name="order"/>.</summary>
    /// <param name="order">Row numbers of the training split.</param>
    /// <param name="batchSize">Rows per step.</param>
    /// <param name="firstStep">How many steps were made before this epoch.</param>
    /// <param name="rate">The learning rate of a step, by its number from 1 on.</param>
    public EpochPlan(int[] order, int batchSize, long firstStep, Func<long, double> rate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        Order = order;
        BatchSize = batchSize;
        FirstStep = firstStep;
        StepCount = (int)((order.LongLength + batchSize - 1) / batchSize);
        LearningRates = new double[StepCount];
        for (int s = 0; s < StepCount; s++)
        {
            LearningRates[s] = rate(firstStep + s + 1);
        }
    }

    /// <summary>Row numbers of the training split, in the order of training.</summary>
    public int[] Order { get; }

    /// <summary>Rows per step.</summary>
    public int BatchSize { get; }

    /// <summary>How many steps were made before this epoch; step s of this plan is step FirstStep + s + 1 of the run.</summary>
    public long FirstStep { get; }

    /// <summary>Number of steps.</summary>
    public int StepCount { get; }

    /// <summary>The learning rate of each step.</summary>
    public double[] LearningRates { get; }

    /// <summary>The inputs of the rows, where they are not the images as they are; they have to cover the steps that are
    /// trained.</summary>
    public PreparedInputs? Inputs { get; set; }

    /// <summary>Where the rows of step <paramref name="step"/> begin in <see cref="Order"/>, and how many there are.</summary>
    public (int Start, int Count) Rows(int step)
    {
        int start = step * BatchSize;
        return (start, Math.Min(BatchSize, Order.Length - start));
    }

    /// <summary>The rows of step <paramref name="step"/>.</summary>
    public ReadOnlySpan<int> Batch(int step)
    {
        (int start, int count) = Rows(step);
        return Order.AsSpan(start, count);
    }
}
