namespace Trainer.Engines;

/// <summary>The inputs of some positions of an epoch's plan.</summary>
/// <param name="inputs">Numbers of an input.</param>
public sealed class PreparedInputs(int inputs)
{
    private float[] _values = [];

    /// <summary>The first position.</summary>
    public int First { get; private set; }

    /// <summary>How many positions there are.</summary>
    public int Count { get; private set; }

    /// <summary>Takes inputs as they are.</summary>
    public void Set(int first, float[] values) => (First, Count, _values) = (first, values.Length / inputs, values);

    /// <summary>The input at a position.</summary>
    public ReadOnlySpan<float> Row(int position) => _values.AsSpan((position - First) * inputs, inputs);

    /// <summary>The inputs at some positions, one behind the other.</summary>
    public ReadOnlySpan<float> Rows(int position, int count) => _values.AsSpan((position - First) * inputs, count * inputs);
}
