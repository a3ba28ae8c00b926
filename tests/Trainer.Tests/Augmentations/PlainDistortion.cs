using Trainer.Augmentations;
using Trainer.Formulas;
using Trainer.Randomness;

namespace Trainer.Tests.Augmentations;

/// <summary>The distortions once more, pixel by pixel and number by number, from what the documentation says of them.</summary>
internal static class PlainDistortion
{
    public static float[] Of(Augmentation parts, byte[] pixels, int width, int height, ulong seed, uint epoch, int row)
    {
        var words = new Philox(seed, RandomStream.Augmentation, epoch);
        double U(int k) => (words.Word(((ulong)row << 32) + (ulong)k) + 0.5) / 4294967296.0;
        double Symmetric(int k, double most) => (2 * U(k) - 1) * most;
        double shiftX = Symmetric(0, parts.Shift?.Pixels ?? 0), shiftY = Symmetric(1, parts.Shift?.Pixels ?? 0);
        (double sine, double cosine) = Elementary64.SineAndCosine(Symmetric(2, parts.Rotation?.Degrees ?? 0));
        double scale = parts.Scale is { } limits ? limits.Min + (limits.Max - limits.Min) * U(3) : 1;
        (double leanSine, double leanCosine) = Elementary64.SineAndCosine(Symmetric(4, parts.Shear?.Degrees ?? 0));
        double k = leanSine / leanCosine;
        double sign = U(5) < (parts.HorizontalFlip?.Probability ?? 0) ? -1 : 1;
        double centreX = (width - 1) / 2.0, centreY = (height - 1) / 2.0;
        double[,] bendX = new double[height, width], bendY = new double[height, width];
        if (parts.Elastic is { } elastic)
        {
            bendX = Field(elastic, width, height, i => 2 * U(64 + i) - 1);
            bendY = Field(elastic, width, height, i => 2 * U(64 + width * height + i) - 1);
        }
        float[] x = new float[pixels.Length];
        for (int r = 0; r < height; r++)
        {
            for (int c = 0; c < width; c++)
            {
                double u = c - centreX - shiftX, v = r - centreY - shiftY;
                double column = sign * (cosine - k * sine) / scale * u + sign * (-sine - k * cosine) / scale * v + centreX + bendX[r, c];
                double line = sine / scale * u + cosine / scale * v + centreY + bendY[r, c];
                x[r * width + c] = (float)(Value(pixels, width, height, column + 1, line + 1) / 255);
            }
        }
        Erase(parts.Erasing, U, kth => words.Word(((ulong)row << 32) + (ulong)kth), width, height, x);
        return x;
    }

    /// <summary>The value at a place that counts from one pixel left of and above the image.</summary>
    private static double Value(byte[] pixels, int width, int height, double column, double line)
    {
        double left = Math.Floor(column), top = Math.Floor(line);
        double Pixel(double c, double r) => c >= 1 && c <= width && r >= 1 && r <= height ? pixels[((int)r - 1) * width + (int)c - 1] : 0;
        double upper = Pixel(left, top) + (column - left) * (Pixel(left + 1, top) - Pixel(left, top));
        double lower = Pixel(left, top + 1) + (column - left) * (Pixel(left + 1, top + 1) - Pixel(left, top + 1));
        return upper + (line - top) * (lower - upper);
    }

    private static double[,] Field(Elastic elastic, int width, int height, Func<int, double> noise)
    {
        int reach = (int)Math.Ceiling(3 * elastic.Sigma);
        double[] taps = [.. Enumerable.Range(-reach, 2 * reach + 1).Select(k => Elementary64.Exp(-0.5 * (k / elastic.Sigma * (k / elastic.Sigma))))];
        double sum = taps.Aggregate(0.0, (all, tap) => all + tap);
        taps = [.. taps.Select(tap => tap / sum)];
        double[,] down = new double[height, width], field = new double[height, width];
        for (int r = 0; r < height; r++)
        {
            for (int c = 0; c < width; c++)
            {
                for (int k = -reach; k <= reach; k++)
                {
                    down[r, c] += r + k >= 0 && r + k < height ? taps[k + reach] * noise((r + k) * width + c) : 0;
                }
            }
        }
        for (int r = 0; r < height; r++)
        {
            for (int c = 0; c < width; c++)
            {
                for (int k = -reach; k <= reach; k++)
                {
                    field[r, c] += c + k >= 0 && c + k < width ? taps[k + reach] * down[r, c + k] : 0;
                }
                field[r, c] *= elastic.Alpha;
            }
        }
        return field;
    }

    private static void Erase(
        Erasing? erasing, Func<int, double> uniform, Func<int, uint> word, int width, int height, float[] x)
    {
        if (erasing is null || uniform(6) >= erasing.Probability)
        {
            return;
        }
        double low = Elementary64.Log(erasing.Aspect[0]), high = Elementary64.Log(erasing.Aspect[1]);
        for (int k = 8; k < 48; k += 4)
        {
            double area = (erasing.Area[0] + (erasing.Area[1] - erasing.Area[0]) * uniform(k)) * (width * height);
            double aspect = Elementary64.Exp(low + (high - low) * uniform(k + 1));
            int tall = Math.Max(1, (int)Math.Round(Math.Sqrt(area * aspect)));
            int wide = Math.Max(1, (int)Math.Round(Math.Sqrt(area / aspect)));
            if (tall > height || wide > width)
            {
                continue;
            }
            int left = (int)((ulong)word(k + 2) * (ulong)(width - wide + 1) >> 32);
            int top = (int)((ulong)word(k + 3) * (ulong)(height - tall + 1) >> 32);
            for (int i = 0; i < tall * wide; i++)
            {
                x[(top + i / wide) * width + left + i % wide] = 0;
            }
            return;
        }
    }
}
