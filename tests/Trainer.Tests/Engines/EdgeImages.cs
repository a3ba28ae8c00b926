using Trainer.Data;
using Trainer.Randomness;

namespace Trainer.Tests.Engines;

/// <summary>Images at the edges of what images can be; an engine that leaves black pixels out meets all of them.</summary>
internal enum EdgeImages
{
    /// <summary>Half of the pixels are 0, here and there.</summary>
    Usual,

    /// <summary>Every pixel is 0.</summary>
    Black,

    /// <summary>Every pixel is 255.</summary>
    White,

    /// <summary>No pixel is 0.</summary>
    NeverBlack,

    /// <summary>Every second image is black, the others have no black pixel.</summary>
    EverySecondBlack,

    /// <summary>Only the first pixel is not 0.</summary>
    FirstPixel,

    /// <summary>Only the last pixel is not 0.</summary>
    LastPixel,
}

/// <summary>Makes them.</summary>
internal static class EdgeImageSets
{
    /// <summary>Training and test images of one kind.</summary>
    public static SplitSet Make(this EdgeImages kind, int train, int test, int pixels, int classes, ulong seed)
    {
        SplitSet set = TestData.Splits(train, test, pixels, classes, seed: seed);
        Change(kind, set.Train.Source, new Philox(seed, RandomStream.Noise, 3));
        Change(kind, set.Test.Source, new Philox(seed, RandomStream.Noise, 4));
        return set;
    }

    private static void Change(EdgeImages kind, ImageSet images, Philox random)
    {
        for (int k = 0; k < images.Count; k++)
        {
            Span<byte> image = images.Pixels.AsSpan(k * images.PixelsPerImage, images.PixelsPerImage);
            byte bright = (byte)(1 + random.Below((ulong)k, 255));
            switch (kind)
            {
                case EdgeImages.Black:
                case EdgeImages.EverySecondBlack when k % 2 == 0:
                    image.Clear();
                    break;
                case EdgeImages.White:
                    image.Fill(255);
                    break;
                case EdgeImages.NeverBlack or EdgeImages.EverySecondBlack:
                    image.Replace((byte)0, bright);
                    break;
                case EdgeImages.FirstPixel:
                    image.Clear();
                    image[0] = bright;
                    break;
                case EdgeImages.LastPixel:
                    image.Clear();
                    image[^1] = bright;
                    break;
                default:
                    break;
            }
        }
    }
}
