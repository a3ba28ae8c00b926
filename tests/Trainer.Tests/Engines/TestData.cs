using Trainer.Data;
using Trainer.Randomness;

namespace Trainer.Tests.Engines;

/// <summary>Small data sets of random bytes: half of the pixels are 0, as in the real images.</summary>
internal static class TestData
{
    public static SplitSet Splits(int train, int test, int pixels, int classes, int validation = 0, ulong seed = 1) =>
        SplitSet.From(Set(train, test, pixels, classes, seed), validation, seed);

    public static DataSet Set(int train, int test, int pixels, int classes, ulong seed = 1) => new(
        "random", "0", "made for a test", Images(train, pixels, classes, seed, 1), Images(test, pixels, classes, seed, 2),
        [.. Enumerable.Range(0, classes).Select(k => $"class {k}")]);

    private static ImageSet Images(int count, int pixels, int classes, ulong seed, uint step)
    {
        var random = new Philox(seed, RandomStream.Noise, step);
        byte[] bytes = new byte[count * pixels];
        byte[] labels = new byte[count];
        for (int k = 0; k < count; k++)
        {
            labels[k] = (byte)random.Below((ulong)(1_000_000 + k), classes);
            for (int i = 0; i < pixels; i++)
            {
                uint word = random.Word((ulong)(k * pixels + i));
                bytes[k * pixels + i] = (word & 1) == 0 ? (byte)0 : (byte)(word >> 24);
            }
        }
        return new ImageSet(bytes, labels, 1, pixels);
    }
}
