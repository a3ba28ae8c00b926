namespace Trainer.Data;

/// <summary>The folder where this system lets programs keep what they can fetch again.</summary>
internal static class UserCache
{
    /// <summary>What to do where it takes nothing.</summary>
    public const string Mend = "name a folder that has the files (--data DIR), or, but for Windows, another cache (the variable XDG_CACHE_HOME)";

    /// <summary>The user's cache folder; a folder of the user's own among the temporary files where there is no home, as in
    /// a bare container or for a service: what is loaded from there is verified like all else.</summary>
    public static string Folder() =>
        (OperatingSystem.IsWindows()
            ? OnWindows(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData))
            : OnUnix(
                Environment.GetEnvironmentVariable("XDG_CACHE_HOME"),
                Existing(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)),
                OperatingSystem.IsMacOS()))
        ?? Path.Combine(Path.GetTempPath(), $"cache-{Environment.UserName}");

    /// <summary>A home that is not there, as "/nonexistent", is none: making it would be nobody's wish.</summary>
    private static string? Existing(string home) => Directory.Exists(home) ? home : null;

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
