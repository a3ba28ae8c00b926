using Trainer.Networks;
using Trainer.Randomness;

namespace Trainer.GradientChecks;

/// <summary>The elements of a tensor that are looked at, and the slopes found there.</summary>
/// <param name="group">The tensor.</param>
/// <param name="elements">Places in it, ascending.</param>
/// <param name="slopes">The slope at each.</param>
internal sealed class TensorSample(ParameterGroup group, int[] elements, Slope[] slopes)
{
    public ParameterGroup Group => group;

    public int[] Elements => elements;

    public Slope[] Slopes => slopes;

    /// <summary>Closer looks, where one was needed.</summary>
    public SecondLook?[] Closer { get; } = new SecondLook?[elements.Length];

    /// <summary><paramref name="count"/> of the numbers 0 … <paramref name="all"/> − 1, or all of them, ascending.</summary>
    /// <remarks>R. W. Floyd's way: each set is equally likely, and only its members are drawn.</remarks>
    public static int[] Choose(Philox random, int all, int count)
    {
        if (count >= all)
        {
            return [.. Enumerable.Range(0, all)];
        }
        var chosen = new SortedSet<int>();
        for (int next = all - count; next < all; next++)
        {
            int drawn = random.Below((ulong)next, next + 1);
            if (!chosen.Add(drawn))
            {
                chosen.Add(next);
            }
        }
        return [.. chosen];
    }
}
