using Trainer.Augmentations;

namespace Trainer.Tests.Augmentations;

public class RectangleTests
{
    private const int Width = 30;
    private const int Height = 20;
    private const int Rows = 3000;

    private static readonly Erasing Settings = new() { Probability = 0.6, Area = [0.05, 0.2], Aspect = [0.5, 3] };

    private static Rectangle?[] Drawn(Erasing settings) =>
        [.. Enumerable.Range(0, Rows).Select(row => Rectangle.Of(settings, new RowWords(1, 1, row), Width, Height))];

    [Fact]
    public void Rectangles_LieInTheImage_AndHaveAreaAndAspectWithinTheirLimits()
    {
        Rectangle[] all = [.. Drawn(Settings).OfType<Rectangle>()];
        Assert.All(all, rectangle =>
        {
            Assert.True(rectangle.Left >= 0 && rectangle.Left + rectangle.Width <= Width);
            Assert.True(rectangle.Top >= 0 && rectangle.Top + rectangle.Height <= Height);
            // Both sides are rounded to whole pixels.
            double tall = rectangle.Height, wide = rectangle.Width;
            Assert.InRange((tall + 0.5) * (wide + 0.5), 0.05 * Width * Height, double.PositiveInfinity);
            Assert.InRange((tall - 0.5) * (wide - 0.5), 0, 0.2 * Width * Height);
            Assert.InRange((tall + 0.5) / (wide - 0.5), 0.5, double.PositiveInfinity);
            Assert.InRange((tall - 0.5) / (wide + 0.5), 0, 3);
        });
        // Five standard errors; rectangles that never fit are none with these limits.
        Assert.Equal(0.6, (double)all.Length / Rows, 5 * Math.Sqrt(0.6 * 0.4 / Rows));
        // Every edge is reached.
        Assert.Equal((0, 0), (all.Min(rectangle => rectangle.Left), all.Min(rectangle => rectangle.Top)));
        Assert.Equal(
            (Width, Height),
            (all.Max(rectangle => rectangle.Left + rectangle.Width), all.Max(rectangle => rectangle.Top + rectangle.Height)));
    }

    [Fact]
    public void FlatAndUpright_AreEquallyFrequent()
    {
        var square = new Erasing { Probability = 1, Area = [0.05, 0.1], Aspect = [0.25, 4] };
        Rectangle[] all = [.. Drawn(square).OfType<Rectangle>().Where(rectangle => rectangle.Width != rectangle.Height)];
        Assert.Equal(0.5, all.Average(rectangle => rectangle.Height > rectangle.Width ? 1.0 : 0), 5 * 0.5 / Math.Sqrt(all.Length));
    }

    [Fact]
    public void RectangleThatNeverFits_ErasesNothing() =>
        Assert.All(Drawn(new Erasing { Probability = 1, Area = [0.9, 1], Aspect = [50, 100] }), Assert.Null);

    [Fact]
    public void Erase_BlanksThosePixelsAndNoOthers()
    {
        var rectangle = new Rectangle(3, 2, 5, 4);
        float[] x = [.. Enumerable.Repeat(1f, Width * Height)];
        rectangle.Erase(Width, x);
        Assert.Equal(
            Enumerable.Range(0, x.Length).Select(i => i % Width is >= 3 and < 8 && i / Width is >= 2 and < 6 ? 0f : 1f), x);
    }
}
