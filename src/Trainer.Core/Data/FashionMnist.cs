using Trainer.Failures;

namespace Trainer.Data;

/// <summary>
/// Fashion-MNIST: 60,000 + 10,000 grey images of 28x28 bytes, ten classes of clothing. Xiao, Rasul and Vollgraf,
/// "Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms", arXiv:1708.07747 (2017).
/// </summary>
public static class FashionMnist
{
    /// <summary>What <see cref="DataSet.Name"/> says of this data set, and of no other.</summary>
    public const string Name = "fashion-mnist";

    internal const string Mend = "name another folder (--data DIR), or fetch the official files ('trainer data get')";

    /// <summary>The class that each label 0 … 9 stands for, in the authors' words.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
    [
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
    ];

    /// <summary>
    /// Loads the official files from <paramref name="directory"/>, where each may be packed (.gz) or not. Whatever is
    /// wrong is refused, and nothing in the folder is touched.
    /// </summary>
    /// <param name="directory">The folder.</param>
    /// <param name="copies">Stand in for unpacking where they are, and are made where they are not; null for none. The data
    /// is the same either way.</param>
    /// <exception cref="DataException">A file is missing, cut off, corrupt, altered, mistaken for another, MNIST's, or
    /// not readable; images and labels differ in number; or there is no such folder.</exception>
    public static DataSet Load(string directory, UnpackedCopies? copies = null) =>
        Load(directory, FashionMnistFiles.Official, copies);

    /// <summary>The same for any four <paramref name="files"/>, so that tests need not carry 30 MB.</summary>
    internal static DataSet Load(string directory, FashionMnistFiles files, UnpackedCopies? copies = null)
    {
        string[] paths = Find(directory, files);
        IdxFile[] read = Read(paths, files, copies);
        for (int i = 0; i < read.Length; i++)
        {
            files.ThrowIfMistaken(files.All[i], paths[i], read[i].ContentSha256);
        }
        ThrowIfUnequal(paths[0], read[0], paths[1], read[1]);
        ThrowIfUnequal(paths[2], read[2], paths[3], read[3]);
        for (int i = 0; i < read.Length; i++)
        {
            files.ThrowIfAltered(files.All[i], paths[i], read[i].ContentSha256);
        }
        copies?.Keep([.. files.All.Zip(read).Where(pair => pair.Second.WasPacked)]);
        return new DataSet(
            Name, files.ContentSha256, Path.GetFullPath(directory), Set(read[0], read[1]), Set(read[2], read[3]), ClassNames);
    }

    private static string[] Find(string directory, FashionMnistFiles files)
    {
        if (!Directory.Exists(directory))
        {
            throw new DataException($"{directory}: no such folder; {Mend}");
        }
        IReadOnlyList<string> missing = files.MissingFrom(directory);
        if (missing.Count > 0)
        {
            throw new DataException($"{directory}: lacks {string.Join(", ", missing)} (.gz or unpacked); {Mend}");
        }
        // A file that vanishes from here on is reported when it is read.
        return [.. files.All.Select(file => file.FindIn(directory) ?? Path.Combine(directory, file.GzipName))];
    }

    /// <summary>Reads all four at once: the training images take nearly all of the time, and the others go beside them.</summary>
    private static IdxFile[] Read(string[] paths, FashionMnistFiles files, UnpackedCopies? copies)
    {
        Task<IdxFile>[] reads =
            [.. files.All.Zip(paths, (file, path) => Task.Run(() => copies?.InPlaceOf(file, path) ?? file.Read(path)))];
        try
        {
            Task.WaitAll(reads);
        }
        catch (AggregateException)
        {
            // Thrown below, once all have ended: of several failures always the first file's.
        }
        return [.. reads.Select(read => read.GetAwaiter().GetResult())];
    }

    private static void ThrowIfUnequal(string imagesPath, IdxFile images, string labelsPath, IdxFile labels)
    {
        if (images.Count != labels.Count)
        {
            throw new DataException($"{imagesPath}: holds {images.Count} images, but {Path.GetFileName(labelsPath)} beside it "
                + $"{labels.Count} labels; {Mend}");
        }
    }

    private static ImageSet Set(IdxFile images, IdxFile labels) =>
        new(images.Values, labels.Values, images.Dimensions[1], images.Dimensions[2]);
}
