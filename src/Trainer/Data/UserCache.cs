namespace Trainer.Data;

/// <summary>The folder where this system lets programs keep what they can fetch again.</summary>
internal static class UserCache
{
    /// <summary>The user's cache folder; the folder of temporary files where the user has no home, as in a bare
    /// container: what is loaded from there is verified like all else.</summary>
    public static string Folder() =>
        (OperatingSystem.IsWindows()
            ? OnWindows(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData))
            : OnUnix(
                Environment.GetEnvironmentVariable("XDG_CACHE_HOME"),
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
                OperatingSystem.IsMacOS()))
        ?? Path.GetTempPath();

    /// <summary>Windows' folder for data that stays on this machine, or null.</summary>
    internal static string? OnWindows(string? localApplicationData) =>
        string.IsNullOrEmpty(localApplicationData) ? null : localApplicationData;

    /// <summary>The XDG folder, else the one in the home folder, else null. A relative XDG folder is ignored, as its
    /// specification demands.</summary>
    internal static string? OnUnix(string? xdgCacheHome, string? home, bool macOS)
    {
        if (Path.IsPathFullyQualified(xdgCacheHome ?? ""))
        {
            return xdgCacheHome;
        }
        if (!Path.IsPathFullyQualified(home ?? ""))
        {
            return null;
        }
        return macOS ? Path.Combine(home!, "Library", "Caches") : Path.Combine(home!, ".cache");
    }
}
