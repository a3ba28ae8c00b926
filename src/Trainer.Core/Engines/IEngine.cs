using Trainer.Data;

namespace Trainer.Engines;

/// <summary>
/// Carries out what the host decides. Calls are coarse, so that each engine may fuse, thread and batch as it likes;
/// the same plan and the same parameters give the same bits on every engine.
/// </summary>
public interface IEngine : IDisposable
{
    /// <summary>What does the work, for people: "cpu, 2 threads, 512-bit vectors".</summary>
    string Description { get; }

    /// <summary>Number of state vectors that the optimizer keeps beside the parameters.</summary>
    int StateCount { get; }

    /// <summary>
    /// Makes the steps <paramref name="steps"/> of <paramref name="plan"/>. The loss and prediction of each row, as they
    /// were before its step, go to the row's position in the plan's order.
    /// </summary>
    /// <exception cref="ArgumentException">The plan's batches are larger than the setup allows, or do not fit the results.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop in the middle of a step; the parameters are then good for nothing.</exception>
    void Train(EpochPlan plan, Range steps, RowResults results, CancellationToken cancellation = default);

    /// <summary>Loss and prediction of the rows <paramref name="rows"/> of a split, written at the rows' numbers.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    void Evaluate(SplitName split, Range rows, RowResults results, CancellationToken cancellation = default);

    /// <summary>
    /// The gradient of the mean loss over the training rows <paramref name="rows"/>, without a step: of the data alone, without
    /// dropout, with the rows' own statistics in a batch normalisation.
    /// </summary>
    /// <param name="rows">Row numbers of the training split; their order is the order of the sums.</param>
    /// <param name="destination">The gradient in the layout of the shape's flat vector.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="ArgumentException">No rows, or a destination of another length.</exception>
    double Gradient(ReadOnlySpan<int> rows, Span<float> destination);

    /// <summary>The parameters, in the layout of the shape's flat vector.</summary>
    void ReadParameters(Span<float> destination);

    /// <summary>Takes parameters; the optimizer's state stays.</summary>
    void WriteParameters(ReadOnlySpan<float> source);

    /// <summary>State vector <paramref name="index"/> of the optimizer, in the layout of the parameters.</summary>
    void ReadState(int index, Span<float> destination);

    /// <summary>Takes state vector <paramref name="index"/>.</summary>
    void WriteState(int index, ReadOnlySpan<float> source);

    /// <summary>The running statistics of the batch normalisations, in the layout of the shape; means are 0 and variances 1 at
    /// first.</summary>
    void ReadStatistics(Span<float> destination);

    /// <summary>Takes running statistics.</summary>
    void WriteStatistics(ReadOnlySpan<float> source);

    /// <summary>The average of the parameters, in their layout.</summary>
    /// <exception cref="InvalidOperationException">The setup has none.</exception>
    void ReadAverage(Span<float> destination);

    /// <summary>Takes an average: of the initial parameters these themselves.</summary>
    /// <exception cref="InvalidOperationException">The setup has none.</exception>
    void WriteAverage(ReadOnlySpan<float> source);
}
