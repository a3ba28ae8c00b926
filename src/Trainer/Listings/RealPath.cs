using Trainer.Catalogs;

namespace Trainer.Listings;

/// <summary>Where a folder lies once no link stands in its path any more, so that places can be compared.</summary>
internal sealed class RealPath
{
    // Links that lead to links whose own way is a link, and so on; the system follows 40.
    private const int MostLinks = 40;
    private static readonly StringComparison Names = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
    private readonly string _path;

    /// <summary>The place that <paramref name="path"/> means; it need not be there.</summary>
    /// <exception cref="IOException">A link leads to itself.</exception>
    public RealPath(string path)
    {
        _path = Resolved(path, MostLinks);
    }

    /// <summary>Whether this is <paramref name="folder"/> or lies somewhere below it.</summary>
    public bool IsWithin(RealPath folder) => (_path + Path.DirectorySeparatorChar).StartsWith(
        Path.EndsInDirectorySeparator(folder._path) ? folder._path : folder._path + Path.DirectorySeparatorChar, Names);

    /// <summary>Whether this is <paramref name="folder"/>.</summary>
    public bool Is(RealPath folder) => _path.Equals(folder._path, Names);

    private static string Resolved(string path, int linksLeft)
    {
        string whole = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(whole) is not { } parent)
        {
            return whole;
        }
        string place = Path.Combine(Resolved(parent, linksLeft), Path.GetFileName(whole));
        var folder = new DirectoryInfo(place);
        if (!RunPaths.IsLink(folder))
        {
            return place;
        }
        return linksLeft > 0 && folder.ResolveLinkTarget(returnFinalTarget: true) is { } target
            ? Resolved(target.FullName, linksLeft - 1)
            : throw new IOException($"{path}: its links lead in a circle");
    }
}
