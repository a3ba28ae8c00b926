using Trainer.Catalogs;
using Trainer.Failures;

namespace Trainer.Listings;

/// <summary>
/// Nothing is written where a symbolic link leads out of the results: a folder of somebody else's results may have links in it, to
/// places that are no run's. Links that stay within are nobody's harm, and --out itself may be one.
/// </summary>
internal static class ResultLinks
{
    /// <summary>Refuses the folder of a run or of a sweep that is to be written, two below that of all results, where the way to it, or
    /// a folder in it, leads out.</summary>
    /// <exception cref="RunFailedException">It does; the message names the link.</exception>
    public static void ThrowIfLeadingOut(string folder)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Path.GetDirectoryName(Path.GetDirectoryName(full)) is { } root)
        {
            ThrowUnlessWithin(folder, folder, root);
        }
        ThrowIfPartsLeadOut(folder);
    }

    /// <summary>Refuses the folder of a run, wherever it is, where a folder in it leads out.</summary>
    /// <exception cref="RunFailedException">It does; the message names the link.</exception>
    public static void ThrowIfPartsLeadOut(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }
        foreach (string part in Directory.EnumerateDirectories(folder).Where(part => RunPaths.IsLink(new DirectoryInfo(part))))
        {
            ThrowUnlessWithin(part, part, folder);
        }
    }

    private static void ThrowUnlessWithin(string named, string path, string root)
    {
        try
        {
            if (new RealPath(path).IsWithin(new RealPath(root)))
            {
                return;
            }
        }
        catch (IOException failure)
        {
            throw new RunFailedException(failure.Message, failure);
        }
        throw new RunFailedException($"{named}: a symbolic link leads from there out of {root}, and nothing is written through one; remove it, or give the place it leads to by --out");
    }
}
