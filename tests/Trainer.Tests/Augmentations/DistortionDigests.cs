using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Trainer.Augmentations;

namespace Trainer.Tests.Augmentations;

/// <summary>The bits of distorted and noisy images, as a text that any machine should repeat.</summary>
internal static class DistortionDigests
{
    /// <summary>Argument of a process that prints <see cref="Text"/>.</summary>
    public const string Command = "distortions";

    private const int Digits = 16;
    private const int Rows = 20;

    /// <summary>A line for each kind of distortion and each size of image.</summary>
    public static string Text() => string.Concat(
        from settings in Samples.Settings
        from size in Samples.Sizes
        select $"{settings.Key} {size.Width}x{size.Height} {Digest(settings.Value, size.Width, size.Height)}\n");

    private static string Digest(Augmentation settings, int width, int height)
    {
        var noise = new InputNoise { Std = 0.1 };
        var all = new List<float>();
        for (int row = 0; row < Rows; row++)
        {
            float[] x = Samples.Apply(settings, Samples.Pixels(width, height, (ulong)row), width, height, row, epoch: 2, seed: 3);
            all.AddRange(x);
            noise.Add(3, 2, row, x);
            all.AddRange(x);
        }
        return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(all.ToArray().AsSpan())))[..Digits];
    }
}
