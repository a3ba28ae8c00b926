using Trainer.Randomness;

namespace Trainer.Data;

/// <summary>The splits that a run trains on, chooses by and is measured on.</summary>
/// <param name="Train">The rows that gradients come from.</param>
/// <param name="Validation">Rows kept back from training; null when there are none.</param>
/// <param name="Test">The test rows.</param>
public sealed record SplitSet(Split Train, Split? Validation, Split Test)
{
    /// <summary>
    /// Keeps back <paramref name="validation"/> training images, chosen by stream <see cref="RandomStream.ValidationSplit"/>:
    /// the first of a permutation of all, then both parts put back into the data set's order.
    /// </summary>
    /// <exception cref="ArgumentException">Nothing would be left to train on.</exception>
    public static SplitSet From(DataSet data, int validation, ulong seed)
    {
        if (validation < 0 || validation >= data.Train.Count)
        {
            throw new ArgumentException($"{validation} of {data.Train.Count} training images cannot be kept back for validation");
        }
        var test = new Split(data.Test);
        if (validation == 0)
        {
            return new SplitSet(new Split(data.Train), null, test);
        }
        int[] order = new int[data.Train.Count];
        new Philox(seed, RandomStream.ValidationSplit, 0).Permutation(order);
        int[] kept = order[..validation];
        int[] rest = order[validation..];
        Array.Sort(kept);
        Array.Sort(rest);
        return new SplitSet(new Split(data.Train, rest), new Split(data.Train, kept), test);
    }

    /// <summary>The split with this name; null when it is not there.</summary>
    public Split? Find(SplitName name) => name switch
    {
        SplitName.Train => Train,
        SplitName.Validation => Validation,
        _ => Test,
    };

    /// <summary>The split with this name.</summary>
    /// <exception cref="ArgumentException">There is no such split.</exception>
    public Split this[SplitName name] => Find(name) ?? throw new ArgumentException($"there is no {name} split", nameof(name));
}
