using Trainer.Augmentations;
using Trainer.Data;

namespace Trainer.Engines;

/// <summary>
/// The inputs of some steps of an epoch as the network is to see them: pixels/255, distorted and with noise as the experiment
/// says. They lie in the order of the plan; a row's numbers depend on its number in the training split and on the epoch, neither
/// on the order of the batches nor on threads.
/// </summary>
/// <param name="inputs">Inputs of the network: pixels of an image.</param>
public sealed class PreparedInputs(int inputs)
{
    private float[] _values = [];

    /// <summary>Inputs of a row.</summary>
    public int Inputs => inputs;

    /// <summary>The first position of the plan's order that is here.</summary>
    public int First { get; private set; }

    /// <summary>How many positions are here.</summary>
    public int Count { get; private set; }

    /// <summary>All rows that are here, (Count, Inputs).</summary>
    public ReadOnlySpan<float> Values => _values.AsSpan(0, Count * inputs);

    /// <summary>The inputs of the row at <paramref name="position"/> of the plan's order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not here.</exception>
    public ReadOnlySpan<float> Row(int position)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)(position - First), (uint)Count, nameof(position));
        return _values.AsSpan((position - First) * inputs, inputs);
    }

    /// <summary>The inputs of the rows at <paramref name="count"/> positions from <paramref name="position"/> on, one behind the
    /// other.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not all of them are here.</exception>
    public ReadOnlySpan<float> Rows(int position, int count) => Values.Slice((position - First) * inputs, count * inputs);

    /// <summary>Takes inputs as they are given, in place of what was here.</summary>
    /// <param name="first">The position of the first row.</param>
    /// <param name="values">Whole rows, (rows, <see cref="Inputs"/>); they are copied.</param>
    /// <exception cref="ArgumentException">The last row is not whole.</exception>
    public void Set(int first, ReadOnlySpan<float> values)
    {
        if (values.Length % inputs != 0)
        {
            throw new ArgumentException($"{values.Length} numbers are no whole rows of {inputs}", nameof(values));
        }
        Reserve(values.Length / inputs);
        (First, Count) = (first, values.Length / inputs);
        values.CopyTo(_values);
    }

    /// <summary>Fills in the rows of the steps <paramref name="steps"/>, in place of what was here.</summary>
    /// <param name="train">The training split.</param>
    /// <param name="plan">The order of its rows.</param>
    /// <param name="steps">Which steps of the plan.</param>
    /// <param name="augmentation">Distortions; null for none.</param>
    /// <param name="noise">Noise behind them; null for none.</param>
    /// <param name="seed">The experiment's seed.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="threads">How many threads at most; null for as many as there are cores.</param>
    /// <exception cref="ArgumentException">The images have another number of pixels, or a row is not in the split.</exception>
    public void Fill(
        Split train, EpochPlan plan, Range steps, Augmentation? augmentation, InputNoise? noise, ulong seed, uint epoch,
        int? threads = null)
    {
        ImageSet source = train.Source;
        if (source.PixelsPerImage != inputs)
        {
            throw new ArgumentException($"images of {source.PixelsPerImage} pixels do not fit {inputs} inputs");
        }
        (int firstStep, int stepCount) = steps.GetOffsetAndLength(plan.StepCount);
        int first = Math.Min(firstStep * plan.BatchSize, plan.Order.Length);
        int end = (int)Math.Min((firstStep + (long)stepCount) * plan.BatchSize, plan.Order.Length);
        foreach (int row in plan.Order.AsSpan(first..end))
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)train.Count, nameof(plan));
        }
        Reserve(end - first);
        (First, Count) = (first, end - first);
        var augmenter = new Augmenter(augmentation);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads ?? -1 };
        Parallel.For(first, end, options, position =>
        {
            int row = plan.Order[position];
            Span<float> x = _values.AsSpan((position - first) * inputs, inputs);
            augmenter.Apply(train.Pixels(row), source.Columns, source.Rows, seed, epoch, row, x);
            noise?.Add(seed, epoch, row, x);
        });
    }

    private void Reserve(int rows)
    {
        int length = checked(rows * inputs);
        if (_values.Length < length)
        {
            _values = GC.AllocateUninitializedArray<float>(length);
        }
    }
}
