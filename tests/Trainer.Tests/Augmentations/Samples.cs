using Trainer.Augmentations;
using Trainer.Data;
using Trainer.Randomness;

namespace Trainer.Tests.Augmentations;

/// <summary>Images and settings for tests of distortions.</summary>
internal static class Samples
{
    /// <summary>Each distortion alone, and all together.</summary>
    public static IReadOnlyDictionary<string, Augmentation> Settings { get; } = new Dictionary<string, Augmentation>
    {
        ["shift"] = new() { Shift = new Shift { Pixels = 2.5 } },
        ["rotation"] = new() { Rotation = new Rotation { Degrees = 180 } },
        ["scale"] = new() { Scale = new Scale { Min = 0.5, Max = 2 } },
        ["shear"] = new() { Shear = new Shear { Degrees = 40 } },
        ["flip"] = new() { HorizontalFlip = new HorizontalFlip() },
        ["elastic"] = new() { Elastic = new Elastic() },
        ["crumpled"] = new() { Elastic = new Elastic { Sigma = 0.7, Alpha = 5 } },
        ["erasing"] = new() { Erasing = new Erasing() },
        ["all"] = new()
        {
            Shift = new Shift { Pixels = 2 },
            Rotation = new Rotation { Degrees = 10 },
            Scale = new Scale { Min = 0.9, Max = 1.1 },
            Shear = new Shear { Degrees = 5 },
            HorizontalFlip = new HorizontalFlip(),
            Elastic = new Elastic(),
            Erasing = new Erasing { Probability = 0.7 },
        },
    };

    /// <summary>Widths that fill no vector, images of one row and one column, and Fashion-MNIST's.</summary>
    public static IReadOnlyList<(int Width, int Height)> Sizes { get; } = [(28, 28), (7, 9), (31, 5), (1, 13), (13, 1), (1, 1), (4, 4)];

    /// <summary>Random bytes, none of them 0.</summary>
    public static byte[] Pixels(int width, int height, ulong seed = 1)
    {
        var random = new Philox(seed, RandomStream.Garments, 9);
        return [.. Enumerable.Range(0, width * height).Select(i => (byte)(1 + random.Below((ulong)i, 255)))];
    }

    /// <summary>Images of random bytes.</summary>
    public static Split Split(int count, int width, int height) => new(
        new ImageSet([.. Enumerable.Range(0, count).SelectMany(k => Pixels(width, height, (ulong)k))], new byte[count], height, width));

    /// <summary>One distorted image.</summary>
    public static float[] Apply(Augmentation? settings, byte[] pixels, int width, int height, int row = 0, uint epoch = 1, ulong seed = 1)
    {
        float[] x = new float[pixels.Length];
        Array.Fill(x, float.NaN);
        new Augmenter(settings).Apply(pixels, width, height, seed, epoch, row, x);
        return x;
    }

    /// <summary>The image that a map makes.</summary>
    public static float[] Moved(InverseMap map, byte[] pixels, int width, int height)
    {
        float[] x = new float[pixels.Length];
        Resampling.Apply(pixels, width, height, map, [], [], x);
        return x;
    }

    /// <summary>byte/255.</summary>
    public static float[] Values(IEnumerable<byte> pixels) => [.. pixels.Select(value => value / 255f)];

    /// <summary>The bits, so that 0 and -0 differ and NaN equals itself.</summary>
    public static int[] Bits(IEnumerable<float> values) => [.. values.Select(BitConverter.SingleToInt32Bits)];
}
