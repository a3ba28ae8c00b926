namespace Trainer.Storage;

/// <summary>Folders, made and removed step by step through <see cref="Disk.Current"/>.</summary>
internal static class DiskFolder
{
    /// <summary>Everything in a folder and those within it; a link is not gone behind.</summary>
    public static readonly EnumerationOptions BehindNoLink = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Makes a folder and those above it, as far as they are not there.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="lasting">Whether those that are made outlast a power cut.</param>
    public static void Make(string path, bool lasting)
    {
        if (Directory.Exists(path))
        {
            return;
        }
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is { } parent)
        {
            Make(parent, lasting);
            Disk.Current.CreateFolder(full);
            if (lasting)
            {
                Disk.Current.FlushFolder(parent);
            }
        }
        else
        {
            // A root that is not there: the system says why.
            Disk.Current.CreateFolder(full);
        }
    }

    /// <summary>Flushes a folder and those in it, as far as no link leads there.</summary>
    public static void FlushAll(string path)
    {
        foreach (string folder in Directory.GetDirectories(path, "*", BehindNoLink))
        {
            Disk.Current.FlushFolder(folder);
        }
        Disk.Current.FlushFolder(path);
    }

    /// <summary>Flushes the names of a folder and of the <paramref name="levels"/> - 1 above it: whoever made them may not have.</summary>
    public static void FlushName(string path, int levels)
    {
        string? folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        for (int level = 0; level < levels && (folder = Path.GetDirectoryName(folder)) is not null; level++)
        {
            Disk.Current.FlushFolder(folder);
        }
    }

    /// <summary>Removes a folder and all in it; of a link only itself.</summary>
    public static void Remove(string path)
    {
        var folder = new DirectoryInfo(path);
        if (folder.LinkTarget is null)
        {
            foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos())
            {
                if (entry is DirectoryInfo)
                {
                    Remove(entry.FullName);
                }
                else
                {
                    Disk.Current.DeleteFile(entry.FullName);
                }
            }
        }
        Disk.Current.DeleteFolder(path);
    }
}
