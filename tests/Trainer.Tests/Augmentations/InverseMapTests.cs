using Trainer.Augmentations;

namespace Trainer.Tests.Augmentations;

/// <summary>Maps whose result is known without interpolation, and the direction of each.</summary>
public class InverseMapTests
{
    private const int Width = 9;
    private const int Height = 7;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(-3, 1)]
    [InlineData(0, -2)]
    [InlineData(8, 6)]
    [InlineData(9, 0)]
    [InlineData(0, -1000)]
    public void WholeShift_MovesPixelsExactly_RightAndDown_AndLeavesBlackBehind(int right, int down)
    {
        byte[] pixels = Samples.Pixels(Width, Height);
        float[] moved = Samples.Moved(InverseMap.Identity with { ShiftX = right, ShiftY = down }, pixels, Width, Height);
        Assert.Equal(Samples.Bits(Rearranged(pixels, (c, r) => (c - right, r - down))), Samples.Bits(moved));
    }

    [Fact]
    public void HalfAPixel_IsTheMeanOfNeighbours()
    {
        float[] moved = Samples.Moved(InverseMap.Identity with { ShiftX = 0.5 }, [100, 200, 0, 50], 4, 1);
        Assert.Equal(new[] { 50f / 255, 150f / 255, 100f / 255, 25f / 255 }, moved);
    }

    [Fact]
    public void Flip_ChangesLeftAndRight_AndTwiceIsNothing()
    {
        byte[] pixels = Samples.Pixels(Width, Height);
        InverseMap flip = InverseMap.Of(0, 1, 0, true, 0, 0);
        Assert.Equal(Samples.Bits(Rearranged(pixels, (c, r) => (Width - 1 - c, r))), Samples.Bits(Samples.Moved(flip, pixels, Width, Height)));
        byte[] flipped = [.. Enumerable.Range(0, Height).SelectMany(r => pixels.Skip(r * Width).Take(Width).Reverse())];
        Assert.Equal(Samples.Bits(Samples.Values(pixels)), Samples.Bits(Samples.Moved(flip, flipped, Width, Height)));
    }

    [Theory]
    [InlineData(90)]
    [InlineData(-270)]
    public void QuarterTurn_IsExact_AndCounterClockwise(double degrees)
    {
        byte[] pixels = Samples.Pixels(Height, Height);
        // What was at the right end of the first row is now at its left end.
        Assert.Equal(
            Samples.Bits(Enumerable.Range(0, Height * Height).Select(i => pixels[i % Height * Height + Height - 1 - i / Height] / 255f)),
            Samples.Bits(Samples.Moved(InverseMap.Of(degrees, 1, 0, false, 0, 0), pixels, Height, Height)));
    }

    [Fact]
    public void HalfATurn_IsExact()
    {
        byte[] pixels = Samples.Pixels(Width, Height);
        Assert.Equal(
            Samples.Bits(Samples.Values(pixels.Reverse())),
            Samples.Bits(Samples.Moved(InverseMap.Of(180, 1, 0, false, 0, 0), pixels, Width, Height)));
    }

    [Fact]
    public void Scale_TakesFromNearerTheCentre_SoThatTheImageGrows()
    {
        byte[] pixels = Samples.Pixels(Width, Height);
        float[] doubled = Samples.Moved(InverseMap.Of(0, 2, 0, false, 0, 0), pixels, Width, Height);
        Assert.Equal(pixels[3 * Width + 4] / 255f, doubled[3 * Width + 4]);
        Assert.Equal(pixels[3 * Width + 5] / 255f, doubled[3 * Width + 6]);
        Assert.Equal(pixels[2 * Width + 3] / 255f, doubled[1 * Width + 2]);
        float[] halved = Samples.Moved(InverseMap.Of(0, 0.5, 0, false, 0, 0), pixels, Width, Height);
        Assert.Equal(pixels[1 * Width + 2] / 255f, halved[2 * Width + 3]);
        Assert.Equal(0, halved[0]);
    }

    [Fact]
    public void Shear_MovesLowerRowsToTheRight_ByTheirHeightTimesTheTangent()
    {
        // tan 45 degrees is 1, up to the rounding of two functions.
        byte[] pixels = Samples.Pixels(Width, Height);
        float[] expected = Rearranged(pixels, (c, r) => (c - (r - 3), r));
        float[] sheared = Samples.Moved(InverseMap.Of(0, 1, 45, false, 0, 0), pixels, Width, Height);
        Assert.All(expected.Zip(sheared), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void Order_IsFlipScaleShearRotationShift()
    {
        // One pixel, right of the centre; the image is flipped first, turned after that, moved at last.
        byte[] pixels = new byte[Height * Height];
        pixels[3 * Height + 5] = 255;
        float[] moved = Samples.Moved(InverseMap.Of(90, 1, 0, true, 1, 0), pixels, Height, Height);
        // Flipped it lies 2 to the left, turned counter-clockwise 2 below, moved 1 to the right of that.
        Assert.Equal(1, moved[5 * Height + 4]);
        Assert.Equal(1, moved.Sum());
    }

    [Fact]
    public void Angles_AreUniformOnBothSides()
    {
        const int rows = 4000;
        var settings = new Augmentation { Rotation = new Rotation { Degrees = 30 }, Shift = new Shift { Pixels = 2 } };
        InverseMap[] maps = [.. Enumerable.Range(0, rows).Select(row => InverseMap.Of(settings, new RowWords(1, 1, row)))];
        Assert.All(maps, map => Assert.InRange(Math.Abs(map.ShiftX), 0, 2));
        Assert.All(maps, map => Assert.InRange(map.YY, Math.Cos(Math.PI / 6), 1));
        // Five standard errors: of the mean of ±2, and of a share of one half.
        Assert.Equal(0, maps.Average(map => map.ShiftX), 5 * 2 / Math.Sqrt(3 * rows));
        Assert.Equal(0, maps.Average(map => map.ShiftY), 5 * 2 / Math.Sqrt(3 * rows));
        Assert.Equal(0.5, maps.Average(map => map.YX > 0 ? 1.0 : 0), 5 * 0.5 / Math.Sqrt(rows));
        Assert.Equal(0, maps.Average(map => map.ShiftX * map.ShiftY), 5 * 4.0 / 3 / Math.Sqrt(rows));
    }

    private static float[] Rearranged(byte[] pixels, Func<int, int, (int Column, int Row)> from) =>
        [.. Enumerable.Range(0, pixels.Length).Select(i =>
        {
            (int c, int r) = from(i % Width, i / Width);
            return c is >= 0 and < Width && r is >= 0 and < Height ? pixels[r * Width + c] / 255f : 0;
        })];
}
