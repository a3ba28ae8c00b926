using System.IO.Compression;
using System.Security.Cryptography;
using Trainer.Data;

namespace Trainer.Tests.Data;

public class RealFashionMnistTests
{
    [FactNeedingRealData]
    public void Load_GivesTheOfficialSet_WithTheHashOfItsFourContents()
    {
        string folder = FactNeedingRealDataAttribute.Folder!;
        DataSet loaded = FashionMnist.Load(folder);
        Assert.Equal((60_000, 28, 28), (loaded.Train.Count, loaded.Train.Rows, loaded.Train.Columns));
        Assert.Equal((10_000, 28, 28), (loaded.Test.Count, loaded.Test.Rows, loaded.Test.Columns));
        Assert.Equal(folder, loaded.Origin);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(IdxBytes.Head(IdxBytes.ImagesMagic, 60_000, 28, 28));
        hash.AppendData(loaded.Train.Pixels);
        hash.AppendData(IdxBytes.Head(IdxBytes.LabelsMagic, 60_000));
        hash.AppendData(loaded.Train.Labels);
        hash.AppendData(IdxBytes.Head(IdxBytes.ImagesMagic, 10_000, 28, 28));
        hash.AppendData(loaded.Test.Pixels);
        hash.AppendData(IdxBytes.Head(IdxBytes.LabelsMagic, 10_000));
        hash.AppendData(loaded.Test.Labels);
        Assert.Equal(Convert.ToHexStringLower(hash.GetHashAndReset()), loaded.Hash);
    }

    [FactNeedingRealData]
    public void Load_GivesThePublishedStatistics()
    {
        DataSet loaded = FashionMnist.Load(FactNeedingRealDataAttribute.Folder!);
        Assert.Equal(Enumerable.Repeat(6000, 10), loaded.Train.Labels.CountBy(label => label).Select(pair => pair.Value));
        Assert.Equal(Enumerable.Repeat(1000, 10), loaded.Test.Labels.CountBy(label => label).Select(pair => pair.Value));
        Assert.Equal([9, 0, 0, 3, 0, 2, 7, 2, 5, 5], loaded.Train.Labels[..10]);
        Assert.Equal([9, 2, 1, 1, 6, 1, 4, 6, 5, 7], loaded.Test.Labels[..10]);

        long sum = 0, squares = 0;
        foreach (byte pixel in loaded.Train.Pixels)
        {
            sum += pixel;
            squares += pixel * pixel;
        }
        double mean = sum / (255.0 * loaded.Train.Pixels.Length);
        double deviation = Math.Sqrt(squares / (255.0 * 255.0 * loaded.Train.Pixels.Length) - mean * mean);
        // Published to four decimals.
        Assert.Equal((0.2860, 0.3530), (Math.Round(mean, 4), Math.Round(deviation, 4)));
    }

    [FactNeedingRealData]
    public void Official_HoldsTheLengthsAndHashesOfThePublishedFiles()
    {
        foreach (FashionMnistFile file in FashionMnistFiles.Official.All)
        {
            byte[] found = File.ReadAllBytes(file.FindIn(FactNeedingRealDataAttribute.Folder!)!);
            if (found[0] != 0x1F)
            {
                continue;
            }
            Assert.Equal(file.GzipLength, found.Length);
            Assert.Equal(file.GzipSha256, IdxBytes.Sha256(found));
            using var contents = new GZipStream(new MemoryStream(found), CompressionMode.Decompress);
            Assert.Equal(file.ContentSha256, Convert.ToHexStringLower(SHA256.HashData(contents)));
        }
    }
}
