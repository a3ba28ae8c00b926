namespace Trainer.Engines.Cpu;

/// <summary>Statistics of a normalised layer's columns, each (O), padded.</summary>
/// <param name="outputs">O, padded.</param>
internal sealed class ColumnStatistics(int outputs)
{
    /// <summary>Mean of the batch.</summary>
    public AlignedBuffer Mean { get; } = new(outputs);

    /// <summary>Sum of the squared differences to it.</summary>
    public AlignedBuffer Squares { get; } = new(outputs);

    /// <summary>1/√(variance + ε) of the batch.</summary>
    public AlignedBuffer InverseDeviation { get; } = new(outputs);

    /// <summary>Running mean.</summary>
    public AlignedBuffer RunningMean { get; } = new(outputs);

    /// <summary>1/√(running variance + ε), made when an evaluation begins.</summary>
    public AlignedBuffer RunningInverseDeviation { get; } = new(outputs);

    /// <summary>Running variance.</summary>
    public AlignedBuffer RunningVariance { get; } = new(outputs);
}
