namespace Trainer.Images;

/// <summary>A grey image of any size; 0 is black.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Pixels">Width · Height bytes, row by row from the top.</param>
internal sealed record GreyImage(int Width, int Height, byte[] Pixels)
{
    /// <summary>The grey of a picture in colour: luma of ITU-R BT.601, 0.299 R + 0.587 G + 0.114 B; what is transparent lies on white, as
    /// goods are photographed.</summary>
    public static GreyImage Of(PngPicture picture)
    {
        byte[] grey = new byte[picture.Width * picture.Height];
        for (int i = 0; i < grey.Length; i++)
        {
            ReadOnlySpan<byte> pixel = picture.Pixels.AsSpan(i * picture.Channels, picture.Channels);
            int luma = pixel.Length < 3 ? pixel[0] : (299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2] + 500) / 1000;
            int alpha = pixel.Length % 2 == 0 ? pixel[^1] : byte.MaxValue;
            grey[i] = (byte)((luma * alpha + byte.MaxValue * (byte.MaxValue - alpha) + byte.MaxValue / 2) / byte.MaxValue);
        }
        return new GreyImage(picture.Width, picture.Height, grey);
    }

    /// <summary>Mean of the outermost pixels.</summary>
    public double BorderMean
    {
        get
        {
            long sum = 0;
            int count = 0;
            for (int y = 0; y < Height; y++)
            {
                // Between the first and the last row only the two ends.
                int step = y == 0 || y == Height - 1 ? 1 : Math.Max(1, Width - 1);
                for (int x = 0; x < Width; x += step)
                {
                    sum += Pixels[y * Width + x];
                    count++;
                }
            }
            return (double)sum / count;
        }
    }

    /// <summary>The same with black and white exchanged.</summary>
    public GreyImage Inverted() => this with { Pixels = Array.ConvertAll(Pixels, value => (byte)(byte.MaxValue - value)) };

    /// <summary>The same in the middle of a square, what is added being of the border's mean grey.</summary>
    public GreyImage Squared()
    {
        int side = Math.Max(Width, Height);
        byte[] pixels = new byte[side * side];
        Array.Fill(pixels, (byte)Math.Round(BorderMean));
        int left = (side - Width) / 2;
        int top = (side - Height) / 2;
        for (int y = 0; y < Height; y++)
        {
            Pixels.AsSpan(y * Width, Width).CopyTo(pixels.AsSpan((top + y) * side + left));
        }
        return new GreyImage(side, side, pixels);
    }
}
