using Trainer.Data;

namespace Trainer.Terminal;

/// <summary>How a command comes by images.</summary>
/// <param name="Surroundings">What the machine says about where files may be.</param>
/// <param name="Downloader">How they are fetched.</param>
/// <param name="DrawGarments">Draws the embedded set.</param>
internal sealed record DataAccess(DataSurroundings Surroundings, Downloader Downloader, Func<DataSet> DrawGarments)
{
    /// <summary>Looks where the surroundings say.</summary>
    public DataLocator Locator => new(Surroundings);

    /// <summary>Unpacked copies of packed files, in the user's cache.</summary>
    public UnpackedCopies Copies => new(Surroundings.UnpackedFolder);

    /// <summary>This process's environment, the official mirrors, the whole embedded set.</summary>
    public static DataAccess OfThisProcess() =>
        new(DataSurroundings.OfThisProcess(), new Downloader(), () => EmbeddedGarments.Draw());

    /// <summary>Brings images and tells <paramref name="shell"/> about it.</summary>
    public DataProvider Provider(Shell shell) =>
        new(Locator, Copies, Downloader, DrawGarments, shell.Error.WriteLine, new DownloadDisplay(shell));
}
