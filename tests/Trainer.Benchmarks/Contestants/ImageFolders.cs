using Trainer.Benchmarks.Cases;
using Trainer.Data;

namespace Trainer.Benchmarks.Contestants;

/// <summary>The images of a comparison, in folders that every contestant can read; what had to be written goes with this object.</summary>
internal sealed class ImageFolders : IDisposable
{
    private readonly Lazy<string> _dense;
    private readonly Lazy<string> _real;
    private DirectoryInfo? _written;

    private ImageFolders(DataSet data, string? folder)
    {
        Data = data;
        _real = new Lazy<string>(() => folder ?? Write("images", data));
        _dense = new Lazy<string>(() => Write("dense", data with { Train = WithoutZeros(data.Train), Test = WithoutZeros(data.Test) }));
    }

    /// <summary>The images.</summary>
    public DataSet Data { get; }

    /// <summary>Whether they are Fashion-MNIST.</summary>
    public bool IsFashionMnist => Data.Name == FashionMnist.Name;

    /// <summary>Fashion-MNIST where the program would find it, else the embedded garments.</summary>
    /// <param name="access">How the program comes by images.</param>
    /// <param name="option">The value of <c>--data</c>.</param>
    /// <param name="notice">Told which were taken.</param>
    public static ImageFolders Find(Terminal.DataAccess access, string? option, Action<string> notice)
    {
        DataLocation location = access.Locator.Locate(option);
        if (location.Place == DataPlace.Download)
        {
            notice("no Fashion-MNIST on this machine ('trainer data get' fetches it): USING THE EMBEDDED GARMENTS; "
                + "only the cases that pass over zero pixels or read files depend on the images");
            return new ImageFolders(access.DrawGarments(), null);
        }
        return new ImageFolders(FashionMnist.Load(location.Folder), location.Folder);
    }

    /// <summary>Only the first rows of each set, under a name that says so.</summary>
    public ImageFolders First(int trainRows, int testRows) => new(
        Data with
        {
            Name = FormattableString.Invariant($"{Data.Name}, the first {trainRows} rows"),
            Train = FirstOf(Data.Train, trainRows),
            Test = FirstOf(Data.Test, testRows),
        },
        null);

    /// <summary>The folder of one kind of images.</summary>
    public string Of(ImageKind kind) => kind == ImageKind.Dense ? _dense.Value : _real.Value;

    /// <inheritdoc/>
    public void Dispose() => _written?.Delete(recursive: true);

    private static ImageSet FirstOf(ImageSet set, int rows) =>
        new(set.Pixels[..(rows * set.PixelsPerImage)], set.Labels[..rows], set.Rows, set.Columns);

    private static ImageSet WithoutZeros(ImageSet set) =>
        new([.. set.Pixels.Select(pixel => Math.Max(pixel, (byte)1))], set.Labels, set.Rows, set.Columns);

    private string Write(string name, DataSet data)
    {
        _written ??= Directory.CreateTempSubdirectory("trainer-bench-");
        string folder = Path.Combine(_written.FullName, name);
        IdxFolder.Write(folder, data);
        return folder;
    }
}
