using System.IO.Compression;
using System.Text;
using Trainer.Data;
using Trainer.Failures;

namespace Trainer.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private const string OfNoUse = "; replace it by an intact copy ('trainer data get' fetches one)";

    private static readonly byte[] Images = IdxBytes.Images(3);
    private static readonly byte[] Packed = IdxBytes.Gzip(Images);

    // What is read as a file of images, and what the refusal says of it.
    private static readonly Dictionary<string, (byte[] Bytes, string Finding)> MalformedFiles = new()
    {
        ["empty"] = ([], "is empty"),
        ["one byte"] = ([0], "too short for an IDX file"),
        ["three bytes"] = ([0, 0, 8], "too short for an IDX file"),
        ["header cut"] = (Images[..15], "cut off in its header"),
        ["labels"] = (IdxBytes.Labels(30), "holds labels where images are expected"),
        ["few labels"] = (IdxBytes.Labels(3), "holds labels where images are expected"),
        ["web page"] = (Encoding.ASCII.GetBytes("<!DOCTYPE html><title>404</title>"), "not an IDX file (it begins with 0x3C21444F"),
        ["low byte first"] = ([3, 8, 0, 0, .. Images[4..]], "not an IDX file (it begins with 0x03080000"),
        ["floats"] = ([0, 0, 0x0D, 3, .. Images[4..]], "IDX file of another kind (magic number 0x00000D03"),
        ["four dimensions"] = ([0, 0, 8, 4, .. Images[4..]], "IDX file of another kind (magic number 0x00000804"),
        ["no images"] = (IdxBytes.Head(IdxBytes.ImagesMagic, 0, 28, 28), "declares 0x28x28 bytes"),
        ["no rows"] = (IdxBytes.Head(IdxBytes.ImagesMagic, 5, 0, 28), "declares 5x0x28 bytes"),
        ["product beyond 64 bits"] = (IdxBytes.Head(IdxBytes.ImagesMagic, uint.MaxValue, uint.MaxValue, uint.MaxValue),
            "declares 4294967295x4294967295x4294967295 bytes"),
        ["product zero in 32 bits"] = (IdxBytes.Head(IdxBytes.ImagesMagic, 65536, 65536, 1), "declares 65536x65536x1 bytes"),
        ["product small in 32 bits"] = ([.. IdxBytes.Head(IdxBytes.ImagesMagic, 3, 0x55555556, 1), 1, 2],
            "declares 3x1431655766x1 bytes"),
        ["count negative as int"] = (IdxBytes.Head(IdxBytes.ImagesMagic, 0x80000000, 1, 1), "declares 2147483648x1x1 bytes"),
        ["two gigabytes claimed"] = ([.. IdxBytes.Head(IdxBytes.ImagesMagic, 2_000_000, 1000, 1), 1, 2, 3],
            "declares 2000000x1000x1 bytes of values, where 1 to 134217728 are read"),
        ["a hundred megabytes claimed"] = ([.. IdxBytes.Head(IdxBytes.ImagesMagic, 100_000, 1000, 1), 1, 2, 3],
            "cut off (19 of the 100000016 bytes"),
        ["cut by one byte"] = (Images[..^1], "cut off (75 of the 76 bytes"),
        ["one byte more"] = ([.. Images, 0], "goes on for 1 bytes behind the 76"),
        ["gzip, two bytes"] = ([0x1F, 0x8B], "is empty"),
        ["gzip of nothing"] = (IdxBytes.Gzip([]), "is empty"),
        ["gzip of a text"] = (IdxBytes.Gzip(Encoding.ASCII.GetBytes("no data, but long enough")), "not an IDX file"),
        ["gzip cut in its data"] = (Packed[..40], "gzip data is cut off, altered or followed"),
        ["gzip cut in its end"] = (Packed[..^4], "gzip data is cut off, altered or followed"),
        ["gzip with bytes behind"] = ([.. Packed, 1, 2, 3, 4], "gzip data is cut off, altered or followed"),
        ["gzip twice"] = ([.. Packed, .. Packed], "goes on behind the 60 bytes of values"),
        ["gzip, contents too short"] = (IdxBytes.Gzip(Images[..^1]), "its end tells of 75 bytes, the IDX header in it of 76"),
        ["gzip, contents too long"] = (IdxBytes.Gzip([.. Images, 9]), "its end tells of 77 bytes, the IDX header in it of 76"),
        ["gzip, too short, length forged"] = (IdxBytes.WithContentLength(IdxBytes.Gzip(Images[..^1]), 76), "corrupt"),
        ["gzip, too long, length forged"] = (IdxBytes.WithContentLength(IdxBytes.Gzip([.. Images, 9]), 76), "corrupt"),
        ["gzip, wrong checksum"] = (IdxBytes.Flip(Packed, 8 * (Packed.Length - 6)), "its gzip data is corrupt"),
        ["gzip, no such method"] = (IdxBytes.Flip(Packed, 8 * 2 + 1), "its gzip data is corrupt"),
        ["gzip, a hundred megabytes claimed"] = (
            IdxBytes.WithContentLength(
                IdxBytes.Gzip([.. IdxBytes.Head(IdxBytes.ImagesMagic, 100_000, 1000, 1), .. IdxBytes.Noise(20_000, seed: 1)]), 100_000_016),
            "declares 100000016 bytes, more than"),
        ["gzip of more than is read"] = (IdxBytes.Gzip(IdxBytes.Head(IdxBytes.ImagesMagic, 140_000, 1000, 1)), "where 1 to 134217728 are read"),
    };

    private readonly TempFolder _folder = new();

    public static TheoryData<string> Malformed => [.. MalformedFiles.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Malformed))]
    public void ReadImages_RefusesInOneLine_AndTakesNoMemory_WhenTheFileIsMalformed(string name)
    {
        (byte[] bytes, string finding) = MalformedFiles[name];
        string path = _folder.Write("images", bytes);
        string before = _folder.Snapshot();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        DataException failure = Assert.Throws<DataException>(() => IdxFile.ReadImages(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 1 << 20);
        AssertOneLine(failure, path, finding);
        Assert.EndsWith(OfNoUse, failure.Message);
        Assert.Equal(before, _folder.Snapshot());
    }

    [Fact]
    public void ReadLabels_RefusesImages()
    {
        string path = _folder.Write("labels", Images);
        AssertOneLine(Assert.Throws<DataException>(() => IdxFile.ReadLabels(path)),
            path, "holds images where labels are expected");
    }

    [Fact]
    public void ReadImages_RefusesInOneLine_WhenThereIsNoFile()
    {
        AssertOneLine(Assert.Throws<DataException>(() => IdxFile.ReadImages(_folder["none"])), _folder["none"], "no such file");
        string below = Path.Combine(_folder["none"], "nothing");
        AssertOneLine(Assert.Throws<DataException>(() => IdxFile.ReadImages(below)), below, "no such file");
        AssertOneLine(Assert.Throws<DataException>(() => IdxFile.ReadImages(_folder.Root)), _folder.Root, "cannot be read");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadImages_RefusesEveryBeginning_OfAGoodFile(bool packed)
    {
        byte[] whole = packed ? Packed : Images;
        for (int length = 0; length < whole.Length; length++)
        {
            string path = _folder.Write("beginning", whole[..length]);
            Assert.Throws<DataException>(() => IdxFile.ReadImages(path));
        }
    }

    [Fact]
    public void ReadImages_GivesTheSameContents_OrRefuses_WhateverBitOfAGzipFileIsFlipped()
    {
        int refused = 0;
        for (int bit = 0; bit < 8 * Packed.Length; bit++)
        {
            string path = _folder.Write("flipped", IdxBytes.Flip(Packed, bit));
            try
            {
                // A few bits of gzip's own header (a time, a system) say nothing of the contents.
                Assert.Equal(IdxBytes.Sha256(Images), IdxFile.ReadImages(path).ContentSha256);
            }
            catch (DataException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 8 * (Packed.Length - 10), 8 * Packed.Length);
    }

    [Theory]
    [InlineData("images", null)]
    [InlineData("images.gz", null)]
    [InlineData("images", CompressionLevel.NoCompression)]
    [InlineData("images.gz", CompressionLevel.Fastest)]
    [InlineData("images", CompressionLevel.SmallestSize)]
    public void ReadImages_TellsPackedFromUnpacked_ByTheContents_NotByTheName(string name, CompressionLevel? level)
    {
        // More than one step of the reader (1 MiB), and no multiple of it.
        byte[] contents = IdxBytes.Images(1500, 28, 28);
        string path = _folder.Write(name, level is { } packed ? IdxBytes.Gzip(contents, packed) : contents);
        IdxFile read = IdxFile.ReadImages(path);
        Assert.Equal([1500, 28, 28], read.Dimensions);
        Assert.Equal(1500, read.Count);
        Assert.Equal(contents[16..], read.Values);
        Assert.Equal(IdxBytes.Sha256(contents), read.ContentSha256);
    }

    [Fact]
    public void ReadLabels_GivesTheLabels()
    {
        byte[] contents = IdxBytes.Labels(11);
        IdxFile read = IdxFile.ReadLabels(_folder.Write("labels", contents));
        Assert.Equal([11], read.Dimensions);
        Assert.Equal([0, 3, 6, 9, 2, 5, 8, 1, 4, 7, 0], read.Values);
        Assert.Equal(IdxBytes.Sha256(contents), read.ContentSha256);
    }

    private static void AssertOneLine(DataException failure, string path, string finding)
    {
        Assert.StartsWith($"{path}: ", failure.Message);
        Assert.Contains(finding, failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Equal(ExitCode.Data, failure.ExitCode);
    }
}
