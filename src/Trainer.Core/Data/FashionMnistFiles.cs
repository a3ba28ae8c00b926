using Trainer.Failures;

namespace Trainer.Data;

/// <summary>The four files that make up Fashion-MNIST.</summary>
/// <param name="TrainImages">60,000 images.</param>
/// <param name="TrainLabels">Their labels.</param>
/// <param name="TestImages">10,000 images.</param>
/// <param name="TestLabels">Their labels.</param>
/// <param name="ContentSha256">SHA-256 over the four unpacked contents in this order: <see cref="DataSet.Hash"/>. Files whose
/// own hashes are right make this one right, so it need not be computed at each start.</param>
public sealed record FashionMnistFiles(
    FashionMnistFile TrainImages,
    FashionMnistFile TrainLabels,
    FashionMnistFile TestImages,
    FashionMnistFile TestLabels,
    string ContentSha256)
{
    /// <summary>The files of Xiao, Rasul and Vollgraf (2017), as published at github.com/zalandoresearch/fashion-mnist.</summary>
    public static FashionMnistFiles Official { get; } = new(
        new FashionMnistFile("train-images-idx3-ubyte", HoldsImages: true, GzipLength: 26_421_880,
            GzipSha256: "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
            ContentLength: 47_040_016,
            ContentSha256: "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            MnistSha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        new FashionMnistFile("train-labels-idx1-ubyte", HoldsImages: false, GzipLength: 29_515,
            GzipSha256: "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
            ContentLength: 60_008,
            ContentSha256: "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            MnistSha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        new FashionMnistFile("t10k-images-idx3-ubyte", HoldsImages: true, GzipLength: 4_422_102,
            GzipSha256: "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
            ContentLength: 7_840_016,
            ContentSha256: "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            MnistSha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        new FashionMnistFile("t10k-labels-idx1-ubyte", HoldsImages: false, GzipLength: 5_148,
            GzipSha256: "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
            ContentLength: 10_008,
            ContentSha256: "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
            MnistSha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
        ContentSha256: "14410854cf7a289477dcfc7df3f8ec24741e281cdcc425ede0d9a748ca630214");

    /// <summary>Train images, train labels, test images, test labels.</summary>
    public IReadOnlyList<FashionMnistFile> All { get; } = [TrainImages, TrainLabels, TestImages, TestLabels];

    /// <summary>The names of the files that <paramref name="directory"/> has neither packed nor unpacked; their contents
    /// are not looked at.</summary>
    public IReadOnlyList<string> MissingFrom(string directory) =>
        [.. All.Where(file => file.FindIn(directory) is null).Select(file => file.Name)];

    /// <summary>Reads the file at <paramref name="path"/> and refuses it unless it is <paramref name="file"/>, packed or
    /// not.</summary>
    /// <exception cref="DataException">It cannot be read, or holds something else; the message says what.</exception>
    public void Verify(FashionMnistFile file, string path) =>
        ThrowIfAltered(file, path, file.Read(path).ContentSha256);

    /// <summary>Refuses contents that are known to be something else: MNIST's, or another of these files'.</summary>
    /// <exception cref="DataException">They are; the message says what.</exception>
    internal void ThrowIfMistaken(FashionMnistFile expected, string path, string contentSha256)
    {
        if (All.Any(file => file.MnistSha256 == contentSha256))
        {
            throw new DataException($"{path}: holds MNIST (hand-written digits), whose files have the same names as "
                + $"Fashion-MNIST's; {FashionMnist.Mend}");
        }
        FashionMnistFile? other = All.FirstOrDefault(file => file.ContentSha256 == contentSha256);
        if (other is not null && other != expected)
        {
            throw new DataException($"{path}: holds what belongs in {other.Name}; give the files their own names again");
        }
    }

    /// <summary>Refuses contents that are not the official ones.</summary>
    /// <exception cref="DataException">They are not.</exception>
    internal void ThrowIfAltered(FashionMnistFile expected, string path, string contentSha256)
    {
        ThrowIfMistaken(expected, path, contentSha256);
        if (contentSha256 != expected.ContentSha256)
        {
            throw new DataException($"{path}: is altered, or never was Fashion-MNIST's (SHA-256 of the contents "
                + $"{contentSha256[..12]}…, official {expected.ContentSha256[..12]}…); {FashionMnist.Mend}");
        }
    }
}
