using Trainer.Images;
using Trainer.Randomness;

namespace Trainer.Tests.Images;

public class PngWriterTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(28, 28)]
    [InlineData(257, 5)]
    [InlineData(1, 300)]
    public void WriteGrey_And_WriteRgb_DecodeToTheSamePixels(int width, int height)
    {
        byte[] grey = Noise(width * height);
        PngPicture read = Written(stream => PngWriter.WriteGrey(stream, grey, width, height));
        Assert.Equal((width, height, 1), (read.Width, read.Height, read.Channels));
        Assert.Equal(grey, read.Pixels);

        byte[] rgb = Noise(3 * width * height);
        read = Written(stream => PngWriter.WriteRgb(stream, rgb, width, height));
        Assert.Equal((width, height, 3), (read.Width, read.Height, read.Channels));
        Assert.Equal(rgb, read.Pixels);
    }

    [Fact]
    public void WriteGrey_EndsWithTheChunkThatEveryPngEndsWith()
    {
        using var stream = new MemoryStream();
        PngWriter.WriteGrey(stream, [7], 1, 1);
        Assert.Equal("0000000049454E44AE426082", Convert.ToHexString(stream.ToArray()[^12..]));
        Assert.True(stream.CanWrite);
    }

    [Fact]
    public void WriteGrey_RefusesPixelsThatDoNotFitTheSize()
    {
        Assert.Throws<ArgumentException>(() => PngWriter.WriteGrey(Stream.Null, new byte[5], 2, 3));
        Assert.Throws<ArgumentException>(() => PngWriter.WriteRgb(Stream.Null, new byte[6], 2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => PngWriter.WriteGrey(Stream.Null, [], 0, 3));
    }

    private static PngPicture Written(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return PngReader.Read(stream.ToArray());
    }

    private static byte[] Noise(int length)
    {
        var generator = new Philox(5, RandomStream.Noise, 0);
        return [.. Enumerable.Range(0, length).Select(i => (byte)generator.Below((ulong)i, 256))];
    }
}
