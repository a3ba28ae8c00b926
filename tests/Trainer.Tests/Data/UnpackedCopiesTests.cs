using System.IO.Compression;
using Trainer.Data;
using Trainer.Failures;

namespace Trainer.Tests.Data;

/// <summary>Copies make loading faster and change nothing else: the data and the refusals are those of the packed files.</summary>
public sealed class UnpackedCopiesTests : IDisposable
{
    private readonly TempFolder _packed = new();
    private readonly TempFolder _cache = new();
    // More than one step of the reader (1 MiB).
    private readonly SmallFashionMnist _set = new(trainCount: 60_000);
    private readonly UnpackedCopies _copies;

    public UnpackedCopiesTests()
    {
        _set.WriteTo(_packed);
        _copies = new UnpackedCopies(_cache["unpacked"]);
    }

    public void Dispose()
    {
        _packed.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public void Load_KeepsACopyOfEachPackedFile_AndNothingElse_AndTouchesNothingInTheFolderItself()
    {
        string before = _packed.Snapshot();
        AssertLoads();
        AssertAllKept();
        Assert.Equal(before, _packed.Snapshot());
    }

    [Fact]
    public void Load_UsesTheCopies_AndLeavesThemAsTheyAre()
    {
        AssertLoads();
        // With the published bytes in place, only the copy can still tell: the packed file's hash is what is compared.
        Assert.All(_set.Files.All, file => Assert.NotNull(_copies.InPlaceOf(file, _packed[file.GzipName])));
        DateTime[] written = Written();
        AssertLoads();
        Assert.Equal(written, Written());
    }

    [Theory]
    [InlineData("one bit")]
    [InlineData("cut off")]
    [InlineData("one byte more")]
    [InlineData("empty")]
    [InlineData("another file of the same length")]
    [InlineData("packed")]
    public void Load_PassesOverADamagedCopy_AndReplacesIt(string damage)
    {
        AssertLoads();
        foreach (FashionMnistFile file in _set.Files.All)
        {
            byte[] contents = _set.Contents(file);
            File.WriteAllBytes(_copies.PathOf(file), damage switch
            {
                "one bit" => IdxBytes.Flip(contents, 8 * (contents.Length - 1)),
                "cut off" => contents[..^1],
                "one byte more" => [.. contents, 0],
                "empty" => [],
                "packed" => _set.Gzip(file),
                _ => new byte[contents.Length],
            });
            Assert.Null(_copies.Read(file));
        }
        AssertLoads();
        AssertAllKept();
    }

    [Fact]
    public void Load_OfAnAlteredPackedFile_IsRefused_WhateverTheCopySays()
    {
        AssertLoads();
        FashionMnistFile file = _set.Files.TrainImages;
        byte[] gzip = _set.Gzip(file);
        foreach (byte[] altered in (byte[][])[IdxBytes.Flip(gzip, 8 * 5000), IdxBytes.Flip(gzip, 8 * (gzip.Length - 6)), gzip[..^10], []])
        {
            _packed.Write(file.GzipName, altered);
            string expected = Assert.Throws<DataException>(() => FashionMnist.Load(_packed.Root, _set.Files)).Message;
            Assert.Equal(expected, Assert.Throws<DataException>(() => FashionMnist.Load(_packed.Root, _set.Files, _copies)).Message);
        }
        File.Delete(_packed[file.GzipName]);
        Assert.Throws<DataException>(() => FashionMnist.Load(_packed.Root, _set.Files, _copies));
    }

    [Fact]
    public void Load_KeepsNothing_WhenAFileIsRefused()
    {
        _packed.Write(_set.Files.TestLabels.GzipName, IdxBytes.Gzip(IdxBytes.Flip(_set.Contents(_set.Files.TestLabels), 8 * 12)));
        Assert.Throws<DataException>(() => FashionMnist.Load(_packed.Root, _set.Files, _copies));
        Assert.Empty(_copies.List());
    }

    [Fact]
    public void Load_OfFilesThatSomebodyElsePacked_UnpacksThem()
    {
        foreach (FashionMnistFile file in _set.Files.All)
        {
            _packed.Write(file.GzipName, IdxBytes.Gzip(_set.Contents(file), CompressionLevel.NoCompression));
            Assert.Null(_copies.InPlaceOf(file, _packed[file.GzipName]));
        }
        AssertLoads();
        DateTime[] written = Written();
        AssertLoads();
        Assert.Equal(written, Written());
    }

    [Fact]
    public void Load_OfUnpackedFiles_NeedsNoCopies()
    {
        foreach (FashionMnistFile file in _set.Files.All)
        {
            _packed.Write(file.Name, _set.Contents(file));
        }
        AssertLoads();
        Assert.Empty(_copies.List());
    }

    [Fact]
    public void Load_GoesOnWithoutCopies_WhereNoneCanBeWritten()
    {
        // A file where the folder should be refuses even those who may write everywhere.
        File.WriteAllText(_copies.Folder, "");
        AssertLoads();
        Assert.Equal(0, new FileInfo(_copies.Folder).Length);
    }

    [Fact]
    public void Load_LeavesTheWritingToAnother_WhoIsAtIt()
    {
        Directory.CreateDirectory(_copies.Folder);
        using (new FileStream(Path.Combine(_copies.Folder, ".lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            AssertLoads();
            Assert.DoesNotContain(_copies.List(), file => file.Name != ".lock");
        }
        AssertLoads();
        AssertAllKept();
    }

    [Fact]
    public void Load_RemovesWhatAProcessLeftThatWasEndedWhileWriting()
    {
        Directory.CreateDirectory(_copies.Folder);
        File.WriteAllText(_copies.PathOf(_set.Files.TrainImages) + ".0a1b.tmp", "half of it");
        AssertLoads();
        AssertAllKept();
    }

    [Fact]
    public async Task Load_ByManyAtOnce_GivesEachTheSame_AndLeavesWholeCopies()
    {
        for (int round = 0; round < 5; round++)
        {
            _copies.Clear();
            await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(AssertLoads)));
            AssertAllKept();
        }
    }

    [Fact]
    public void Clear_RemovesTheFolder_AndMayBeAskedForAgain()
    {
        AssertLoads();
        _copies.Clear();
        Assert.False(Directory.Exists(_copies.Folder));
        _copies.Clear();
        AssertLoads();
        AssertAllKept();
    }

    [FactNeedingRealData]
    public void Load_OfTheOfficialFiles_GivesTheSameBytes_WithAndWithoutCopies()
    {
        string folder = FactNeedingRealDataAttribute.Folder!;
        DataSet plain = FashionMnist.Load(folder);
        FashionMnist.Load(folder, _copies);
        DataSet again = FashionMnist.Load(folder, _copies);
        Assert.True(plain.Train.Pixels.AsSpan().SequenceEqual(again.Train.Pixels));
        Assert.True(plain.Test.Pixels.AsSpan().SequenceEqual(again.Test.Pixels));
        Assert.Equal(plain.Train.Labels, again.Train.Labels);
        Assert.Equal(plain.Test.Labels, again.Test.Labels);
        Assert.Equal((plain.Hash, plain.Origin), (again.Hash, again.Origin));
        Assert.Equal(
            FashionMnistFiles.Official.All.Where(file => file.FindIn(folder)!.EndsWith(".gz", StringComparison.Ordinal)).Select(file => file.ContentLength).Order(),
            _copies.List().Select(file => file.Bytes).Order());
    }

    private DateTime[] Written() => [.. _set.Files.All.Select(file => File.GetLastWriteTimeUtc(_copies.PathOf(file)))];

    private void AssertLoads()
    {
        DataSet loaded = FashionMnist.Load(_packed.Root, _set.Files, _copies);
        Assert.Equal((_set.Files.ContentSha256, _packed.Root), (loaded.Hash, loaded.Origin));
        Assert.True(_set.Contents(_set.Files.TrainImages).AsSpan(16).SequenceEqual(loaded.Train.Pixels));
        Assert.True(_set.Contents(_set.Files.TrainLabels).AsSpan(8).SequenceEqual(loaded.Train.Labels));
        Assert.True(_set.Contents(_set.Files.TestImages).AsSpan(16).SequenceEqual(loaded.Test.Pixels));
        Assert.True(_set.Contents(_set.Files.TestLabels).AsSpan(8).SequenceEqual(loaded.Test.Labels));
    }

    private void AssertAllKept()
    {
        Assert.Equal(
            _set.Files.All.Select(file => Path.GetFileName(_copies.PathOf(file))).Order(StringComparer.Ordinal),
            _copies.List().Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.All(_set.Files.All, file => Assert.Equal(_set.Contents(file), File.ReadAllBytes(_copies.PathOf(file))));
    }
}
