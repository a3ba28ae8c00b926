using Trainer.Images;

namespace Trainer.Tests.Images;

public class ShrinkingTests
{
    [Fact]
    public void AreaMean_KeepsAnImage_WhenTheSizeStays() =>
        Assert.Equal([1, 2, 3, 250, 251, 252], Shrinking.AreaMean([1, 2, 3, 250, 251, 252], 2, 3, 2, 3));

    [Theory]
    [InlineData("0 255", 1, 2, 1, 1, "128")]
    [InlineData("10 20 30 40", 2, 2, 1, 2, "20 30")]
    [InlineData("10 20 30 40", 2, 2, 2, 1, "15 35")]
    // Two of three: the middle pixel counts half on either side.
    [InlineData("0 90 240", 1, 3, 1, 2, "30 190")]
    [InlineData("0 90 240", 3, 1, 2, 1, "30 190")]
    [InlineData("10 20", 1, 2, 1, 4, "10 10 20 20")]
    public void AreaMean_WeighsPixelsByTheAreaCovered(
        string source, int rows, int columns, int newRows, int newColumns, string expected) =>
        Assert.Equal(Bytes(expected), Shrinking.AreaMean(Bytes(source), rows, columns, newRows, newColumns));

    [Fact]
    public void AreaMean_KeepsAConstantImage_AtAnySize()
    {
        byte[] source = [.. Enumerable.Repeat((byte)201, 28 * 28)];
        for (int size = 1; size <= 40; size++)
        {
            Assert.All(Shrinking.AreaMean(source, 28, 28, size, 41 - size), pixel => Assert.Equal(201, pixel));
        }
    }

    private static byte[] Bytes(string text) => [.. text.Split(' ').Select(byte.Parse)];
}
