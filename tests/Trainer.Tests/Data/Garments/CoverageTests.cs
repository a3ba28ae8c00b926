using System.Globalization;
using Trainer.Data.Garments;

namespace Trainer.Tests.Data.Garments;

public class CoverageTests
{
    // A running sum of 28 binary32 numbers of order 1, each off by some 2⁻²⁴ and made from coordinates up to 80.
    private const double PixelRounding = 1e-5;
    private const double AreaRounding = PixelRounding * Canvas.Side * Canvas.Side;

    [Theory]
    [InlineData("3,4 9,4 9,11 3,11", 42)] // on the grid
    [InlineData("3.25,4.5 9.75,4.5 9.75,11.125 3.25,11.125", 43.0625)] // between the lines
    [InlineData("2.3,1.7 25.1,8.2 7.4,26.9", 270.705)] // a triangle: half of the cross product
    [InlineData("14,2 26,14 14,26 2,14", 288)] // a diamond
    [InlineData("5.5,3.1 5.7,3.1 5.7,25 5.5,25", 4.38)] // a band narrower than a pixel
    [InlineData("-10,-10 14,-10 14,14 -10,14", 196)] // only the part inside the picture counts
    [InlineData("20,20 60,20 60,60 20,60", 64)]
    [InlineData("-50,-50 80,-50 80,80 -50,80", 784)]
    [InlineData("30,5 40,5 40,9", 0)]
    [InlineData("5,-9 9,-9 9,-1", 0)]
    public void AddEdge_CoversTheAreaOfThePolygon_NegativeWhenClockwise(string polygon, double area)
    {
        (float X, float Y)[] points = Parse(polygon);
        Assert.Equal(-area, Close(points).Sum(), AreaRounding);
        Array.Reverse(points);
        Assert.Equal(area, Close(points).Sum(), AreaRounding);
    }

    [Fact]
    public void AddEdge_GivesEachPixelItsOwnPart()
    {
        float[] covered = Close(Parse("3.25,5 5,5 5,4 3.25,4"));
        float[] expected = new float[Canvas.Side * Canvas.Side];
        expected[4 * Canvas.Side + 3] = 0.75f;
        expected[4 * Canvas.Side + 4] = 1;
        Assert.Equal(expected, covered);
    }

    [Fact]
    public void AddEdge_CutsAHole_WhenTheInnerOutlineTurnsTheOtherWay()
    {
        float[] covered = Close(Parse("4,4 4,20 20,20 20,4"), Parse("8,8 16,8 16,16 8,16"));
        Assert.Equal(0, covered[12 * Canvas.Side + 12], PixelRounding);
        Assert.Equal(1, covered[6 * Canvas.Side + 12], PixelRounding);
        Assert.Equal(16 * 16 - 8 * 8, covered.Sum(), AreaRounding);
    }

    private static (float X, float Y)[] Parse(string polygon) =>
        [.. polygon.Split(' ').Select(point => point.Split(',')).Select(xy => (
            float.Parse(xy[0], CultureInfo.InvariantCulture),
            float.Parse(xy[1], CultureInfo.InvariantCulture)))];

    private static float[] Close(params (float X, float Y)[][] polygons)
    {
        var coverage = new Coverage();
        foreach ((float X, float Y)[] points in polygons)
        {
            for (int i = 0; i < points.Length; i++)
            {
                (float x, float y) = points[(i + 1) % points.Length];
                coverage.AddEdge(points[i].X, points[i].Y, x, y);
            }
        }
        float[] covered = new float[Canvas.Side * Canvas.Side];
        (int firstRow, int endRow, int firstColumn, int endColumn) = coverage.Touched;
        for (int row = firstRow; row < endRow; row++)
        {
            float sum = 0;
            for (int column = firstColumn; column < endColumn; column++)
            {
                sum += coverage.Row(row)[column];
                covered[row * Canvas.Side + column] = sum;
            }
        }
        return covered;
    }
}
