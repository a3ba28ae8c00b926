using Trainer.Data;

namespace Trainer.Tests.Data;

/// <summary>Four files named and made like Fashion-MNIST's, but small: what their hashes should be is known as it is of the
/// official ones.</summary>
internal sealed class SmallFashionMnist
{
    private readonly Dictionary<string, byte[]> _contents;

    public SmallFashionMnist(int trainCount = 30, int testCount = 20)
    {
        Files = new FashionMnistFiles(
            File(FashionMnistFiles.Official.TrainImages, IdxBytes.Images(trainCount)),
            File(FashionMnistFiles.Official.TrainLabels, IdxBytes.Labels(trainCount)),
            File(FashionMnistFiles.Official.TestImages, IdxBytes.Images(testCount, offset: 1)),
            File(FashionMnistFiles.Official.TestLabels, IdxBytes.Labels(testCount, offset: 1)),
            IdxBytes.Sha256([
                .. IdxBytes.Images(trainCount), .. IdxBytes.Labels(trainCount),
                .. IdxBytes.Images(testCount, offset: 1), .. IdxBytes.Labels(testCount, offset: 1)]));
        _contents = new()
        {
            [Files.TrainImages.Name] = IdxBytes.Images(trainCount),
            [Files.TrainLabels.Name] = IdxBytes.Labels(trainCount),
            [Files.TestImages.Name] = IdxBytes.Images(testCount, offset: 1),
            [Files.TestLabels.Name] = IdxBytes.Labels(testCount, offset: 1),
        };
    }

    public FashionMnistFiles Files { get; }

    /// <summary>What plays the part of MNIST's file of the same name.</summary>
    public static byte[] Digits(FashionMnistFile file) =>
        file.HoldsImages ? IdxBytes.Images(30, offset: 2) : IdxBytes.Labels(30, offset: 2);

    public byte[] Contents(FashionMnistFile file) => _contents[file.Name];

    public byte[] Gzip(FashionMnistFile file) => IdxBytes.Gzip(Contents(file));

    /// <summary>Writes all four, packed.</summary>
    public void WriteTo(TempFolder folder)
    {
        foreach (FashionMnistFile file in Files.All)
        {
            folder.Write(file.GzipName, Gzip(file));
        }
    }

    private static FashionMnistFile File(FashionMnistFile official, byte[] contents)
    {
        byte[] gzip = IdxBytes.Gzip(contents);
        return official with
        {
            GzipLength = gzip.Length,
            GzipSha256 = IdxBytes.Sha256(gzip),
            ContentSha256 = IdxBytes.Sha256(contents),
            MnistSha256 = IdxBytes.Sha256(Digits(official)),
        };
    }
}
