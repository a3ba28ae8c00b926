using Trainer.Data;

namespace Trainer.Tests.Data;

/// <summary>Four files named and made like Fashion-MNIST's, but small: what their hashes should be is known as it is of the
/// official ones.</summary>
internal sealed class SmallFashionMnist
{
    private readonly Dictionary<FashionMnistFile, byte[]> _contents = [];
    private readonly Dictionary<FashionMnistFile, byte[]> _gzip = [];

    public SmallFashionMnist(int trainCount = 30, int testCount = 20)
    {
        byte[][] contents =
        [
            IdxBytes.Images(trainCount, seed: 1), IdxBytes.Labels(trainCount),
            IdxBytes.Images(testCount, seed: 2), IdxBytes.Labels(testCount, first: 1),
        ];
        FashionMnistFile[] files = [.. FashionMnistFiles.Official.All.Zip(contents, Make)];
        byte[] all = [.. contents.SelectMany(bytes => bytes)];
        Files = new FashionMnistFiles(files[0], files[1], files[2], files[3], IdxBytes.Sha256(all));
    }

    public FashionMnistFiles Files { get; }

    /// <summary>What plays the part of MNIST's file of the same name.</summary>
    public static byte[] Digits(FashionMnistFile file) =>
        file.HoldsImages ? IdxBytes.Images(30, seed: 3) : IdxBytes.Labels(30, first: 2);

    public byte[] Contents(FashionMnistFile file) => _contents[file];

    public byte[] Gzip(FashionMnistFile file) => _gzip[file];

    /// <summary>Writes all four, packed.</summary>
    public void WriteTo(TempFolder folder)
    {
        foreach (FashionMnistFile file in Files.All)
        {
            folder.Write(file.GzipName, Gzip(file));
        }
    }

    private FashionMnistFile Make(FashionMnistFile official, byte[] contents)
    {
        byte[] gzip = IdxBytes.Gzip(contents);
        FashionMnistFile file = official with
        {
            GzipLength = gzip.Length,
            GzipSha256 = IdxBytes.Sha256(gzip),
            ContentLength = contents.Length,
            ContentSha256 = IdxBytes.Sha256(contents),
            MnistSha256 = IdxBytes.Sha256(Digits(official)),
        };
        _contents[file] = contents;
        _gzip[file] = gzip;
        return file;
    }
}
