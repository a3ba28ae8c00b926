namespace Trainer.Benchmarks.Kernels;

/// <summary>What an update rule reads and writes, filled with small random numbers.</summary>
/// <param name="count">How many parameters; a multiple of the widest vector.</param>
internal sealed class UpdateArrays(int count)
{
    private static readonly Random Source = new(1);

    /// <summary>The parameters.</summary>
    public float[] Weights { get; } = Numbers(count);

    /// <summary>Their gradient.</summary>
    public float[] Gradient { get; } = Numbers(count);

    /// <summary>First number of state.</summary>
    public float[] First { get; } = new float[count];

    /// <summary>Second number of state.</summary>
    public float[] Second { get; } = new float[count];

    /// <summary>Third number of state.</summary>
    public float[] Third { get; } = new float[count];

    private static float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => Source.NextSingle() - 0.5f)];
}
