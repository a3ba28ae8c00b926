using System.Buffers.Binary;
using Trainer.Images;
using Trainer.Tests.Data;

namespace Trainer.Tests.Images;

public class PngReaderTests
{
    private static readonly byte[] Palette = PngBytes.Chunk("PLTE", [10, 20, 30, 40, 50, 60, 70, 80, 90]);

    [Theory]
    [InlineData(0, 8, 1)]
    [InlineData(2, 8, 3)]
    [InlineData(4, 8, 2)]
    [InlineData(6, 8, 4)]
    public void Read_UndoesEveryFilter_AtEveryDistance(int colour, int depth, int channels)
    {
        const int width = 13;
        byte[][] rows = [.. Enumerable.Range(0, 11).Select(y => IdxBytes.Noise(width * channels, seed: y))];
        PngPicture picture = PngReader.Read(PngBytes.File(width, depth, colour, rows, channels));
        Assert.Equal((width, 11, channels), (picture.Width, picture.Height, picture.Channels));
        Assert.Equal(rows.SelectMany(row => row), picture.Pixels);
    }

    [Theory]
    [InlineData(1, new byte[] { 0b1010_0000 }, new byte[] { 255, 0, 255 })]
    [InlineData(2, new byte[] { 0b0110_1100 }, new byte[] { 85, 170, 255 })]
    [InlineData(4, new byte[] { 0x1F, 0x70 }, new byte[] { 17, 255, 119 })]
    [InlineData(16, new byte[] { 0xFF, 0xFF, 0x80, 0x00, 0x00, 0x80 }, new byte[] { 255, 128, 0 })]
    public void Read_GivesSamplesOfEveryDepth_TheirPartOf255(int depth, byte[] row, byte[] expected)
    {
        PngPicture picture = PngReader.Read(PngBytes.File(3, depth, 0, [row]));
        Assert.Equal(1, picture.Channels);
        Assert.Equal(expected, picture.Pixels);
    }

    [Fact]
    public void Read_TakesSixteenBitsOfColour_AndFiltersThemByWholePixels()
    {
        byte[][] rows = [.. Enumerable.Range(0, 6).Select(y => IdxBytes.Noise(5 * 8, seed: y))];
        PngPicture picture = PngReader.Read(PngBytes.File(5, 16, 6, rows, 8));
        Assert.Equal(4, picture.Channels);
        Assert.Equal(
            rows.SelectMany(row => row.Chunk(2)).Select(sample => (byte)Math.Round(BinaryPrimitives.ReadUInt16BigEndian(sample) / 257.0)),
            picture.Pixels);
    }

    [Fact]
    public void Read_LooksColoursUp_WithTheirTransparency()
    {
        byte[][] rows = [[0b0001_1000]];
        PngPicture picture = PngReader.Read(PngBytes.File(3, 2, 3, rows, null, Palette));
        Assert.Equal(3, picture.Channels);
        Assert.Equal([10, 20, 30, 40, 50, 60, 70, 80, 90], picture.Pixels);

        picture = PngReader.Read(PngBytes.File(3, 2, 3, rows, null, Palette, PngBytes.Chunk("tRNS", [0, 128])));
        Assert.Equal(4, picture.Channels);
        Assert.Equal([10, 20, 30, 0, 40, 50, 60, 128, 70, 80, 90, 255], picture.Pixels);
    }

    [Fact]
    public void Read_MakesTheOneTransparentColourTransparent()
    {
        PngPicture picture = PngReader.Read(PngBytes.File(3, 8, 0, [[7, 8, 7]], null, PngBytes.Chunk("tRNS", [0, 7])));
        Assert.Equal([7, 0, 8, 255, 7, 0], picture.Pixels);
        picture = PngReader.Read(PngBytes.File(2, 8, 2, [[1, 2, 3, 1, 2, 4]], null, PngBytes.Chunk("tRNS", [0, 1, 0, 2, 0, 3])));
        Assert.Equal([1, 2, 3, 0, 1, 2, 4, 255], picture.Pixels);
    }

    [Fact]
    public void Read_ReadsWhatAnotherProgramWrote()
    {
        // 5x4 pixels (40 x, 60 y, 17 x y mod 256), written by Pillow 9.4.
        PngPicture picture = PngReader.Read(Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAUAAAAECAIAAADJUWIXAAAAIUlEQVR4nGNkYGDQQEIsDDYMDAyCcATnK0EQMt+YgcEYAFAHArY9zMehAAAAAElFTkSuQmCC"));
        Assert.Equal((5, 4, 3), (picture.Width, picture.Height, picture.Channels));
        Assert.Equal(
            Enumerable.Range(0, 20).SelectMany(i => (byte[])[(byte)(40 * (i % 5)), (byte)(60 * (i / 5)), (byte)(17 * (i % 5) * (i / 5))]),
            picture.Pixels);
    }

    [Fact]
    public void Read_PassesOverPartsThatItNeedNotKnow_AndJoinsDataInPieces()
    {
        byte[] data = PngBytes.Data([0, 1, 2, 3])[8..^4];
        PngPicture picture = PngReader.Read(PngBytes.Of(
            PngBytes.Header(3, 1, 8, 0), PngBytes.Chunk("tEXt", [65]), PngBytes.Chunk("IDAT", data[..5]), PngBytes.Chunk("IDAT", data[5..]),
            PngBytes.Chunk("IEND", [])));
        Assert.Equal([1, 2, 3], picture.Pixels);
    }

    public static TheoryData<string, byte[]> Broken()
    {
        byte[] header = PngBytes.Header(3, 1, 8, 0);
        byte[] data = PngBytes.Data([0, 1, 2, 3]);
        byte[] end = PngBytes.Chunk("IEND", []);
        byte[] whole = PngBytes.Of(header, data, end);
        return new TheoryData<string, byte[]>
        {
            { "is no PNG", [1, 2, 3] },
            { "is no PNG", [] },
            { "is cut off", whole[..8] },
            { "is cut off", whole[..^1] },
            { "is cut off", whole[..^12] },
            { "is damaged: the checksum of one of its parts is wrong", IdxBytes.Flip(whole, 8 * (8 + 8 + 3)) },
            { "does not begin with its header", PngBytes.Of(PngBytes.Chunk("IDAT", header[8..21]), data, end) },
            { "its header has 12 bytes in place of 13", PngBytes.Of(PngBytes.Chunk("IHDR", header[8..20]), data, end) },
            { "is interlaced, which is not read here; save it without interlacing", PngBytes.Of(PngBytes.Header(3, 1, 8, 0, interlace: 1), data, end) },
            { "is of no kind that PNG knows (colour type 2, 4 bits)", PngBytes.Of(PngBytes.Header(3, 1, 4, 2), data, end) },
            { "is of no kind that PNG knows (colour type 5, 8 bits)", PngBytes.Of(PngBytes.Header(3, 1, 8, 5), data, end) },
            { "is 0x1 pixels, where 1x1 to 4096x4096 are read; make it smaller", PngBytes.Of(PngBytes.Header(0, 1, 8, 0), data, end) },
            { "is 4097x1 pixels, where 1x1 to 4096x4096 are read; make it smaller", PngBytes.Of(PngBytes.Header(4097, 1, 8, 0), data, end) },
            { "is 4294967295x1 pixels, where 1x1 to 4096x4096 are read; make it smaller", PngBytes.Of(PngBytes.Header(-1, 1, 8, 0), data, end) },
            { "declares 4096x4096 pixels, more than its 12 bytes of data can stand for", PngBytes.Of(PngBytes.Header(4096, 4096, 16, 6), data, end) },
            { "declares 3x1 pixels, more than its 0 bytes of data can stand for", PngBytes.Of(header, end) },
            { "is cut off: 1 of 2 rows of pixels are there", PngBytes.Of(PngBytes.Header(3, 2, 8, 0), data, end) },
            { "has more data than 1 rows of pixels", PngBytes.Of(PngBytes.Header(2, 1, 8, 0), data, end) },
            { "is damaged: there is no filter 5", PngBytes.Of(header, PngBytes.Data([5, 1, 2, 3]), end) },
            { "needs an extension of PNG that is not known here", PngBytes.Of(header, PngBytes.Chunk("ABCD", []), data, end) },
            { "is damaged: its palette has no colour 3", PngBytes.Of(PngBytes.Header(1, 1, 8, 3), Palette, PngBytes.Data([0, 3]), end) },
            { "is damaged: a palette of 4 bytes", PngBytes.Of(PngBytes.Header(1, 1, 8, 3), PngBytes.Chunk("PLTE", [1, 2, 3, 4]), PngBytes.Data([0, 0]), end) },
        };
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void Read_SaysWhatIsWrong(string problem, byte[] file) =>
        Assert.Equal(problem, Assert.Throws<InvalidDataException>(() => PngReader.Read(file)).Message);

    [Fact]
    public void Read_OfAnyFileWithAFlippedBit_EndsInPixelsOrInARefusal()
    {
        byte[] whole = PngBytes.File(3, 2, 3, [[0b0001_1000]], null, Palette);
        for (int bit = 0; bit < 8 * whole.Length; bit++)
        {
            byte[] flipped = IdxBytes.Flip(whole, bit);
            Assert.Throws<InvalidDataException>(() => PngReader.Read(flipped));
        }
    }
}
