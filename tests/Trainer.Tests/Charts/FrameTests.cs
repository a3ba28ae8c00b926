using Trainer.Charts;
using Trainer.Randomness;

namespace Trainer.Tests.Charts;

public class FrameTests
{
    private static readonly Frame Unit = new(0, 0, 10, 10);

    [Theory]
    [InlineData(1, 1, 9, 9, "1 1 9 9")]
    [InlineData(-5, 5, 15, 5, "0 5 10 5")]
    [InlineData(5, -10, 5, 5, "5 0 5 5")]
    [InlineData(-5, 0, 5, 10, "0 5 5 10")]
    [InlineData(-5, -5, 15, 15, "0 0 10 10")]
    [InlineData(0, 10, 10, 10, "0 10 10 10")]
    [InlineData(-1, -1, -1, 11, "")]
    [InlineData(-8, 5, 5, 18.5, "")]
    [InlineData(20, 3, 30, 4, "")]
    public void Clip_KeepsThePartOfASegmentInside(double x1, double y1, double x2, double y2, string expected)
    {
        (Point From, Point To)? part = Unit.Clip(new Point(x1, y1), new Point(x2, y2));
        Assert.Equal(expected, part is var (from, to) ? FormattableString.Invariant($"{from.X} {from.Y} {to.X} {to.Y}") : "");
    }

    [Fact]
    public void Clip_NeverLeavesTheFrame_ForAnySegment()
    {
        var generator = new Philox(3, RandomStream.Noise, 0);
        int visible = 0;
        for (ulong i = 0; i < 8000; i += 4)
        {
            if (Unit.Clip(At(i), At(i + 2)) is var (from, to))
            {
                visible++;
                Assert.True(Unit.Contains(from) && Unit.Contains(to));
            }
        }
        Assert.InRange(visible, 200, 1800);

        Point At(ulong index) => new(40.0 * generator.Uniform(index) - 15, 40.0 * generator.Uniform(index + 1) - 15);
    }

    [Fact]
    public void Clip_CutsAPolygonToTheAreaInside()
    {
        Assert.Equal(100, Area(Unit.Clip([new(-5, -5), new(15, -5), new(15, 15), new(-5, 15)])));
        Assert.Equal(25, Area(Unit.Clip([new(5, 5), new(20, 5), new(20, 20), new(5, 20)])));
        Assert.Equal(50, Area(Unit.Clip([new(0, 0), new(20, 0), new(0, 20)])) - 50, 1e-9);
        Assert.Empty(Unit.Clip([new(20, 20), new(30, 20), new(30, 30)]));

        static double Area(IReadOnlyList<Point> polygon) => Math.Abs(Enumerable.Range(0, polygon.Count).Sum(i =>
        {
            Point a = polygon[i];
            Point b = polygon[(i + 1) % polygon.Count];
            return (a.X * b.Y - b.X * a.Y) / 2;
        }));
    }
}
