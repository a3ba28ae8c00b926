namespace Trainer.Failures;

/// <summary>Why a folder cannot be made, where the system's own words leave it open.</summary>
public static class FolderFault
{
    /// <summary>In words that complete "FOLDER: cannot be made (…)": what stands in its way, else what the system said.</summary>
    /// <param name="folder">The folder that was to be made.</param>
    /// <param name="failure">What the system said.</param>
    public static string Words(string folder, Exception failure)
    {
        try
        {
            return InTheWay(Path.GetFullPath(folder)) ?? failure.Message;
        }
        catch (FileNotFoundException) when (!Path.IsPathFullyQualified(folder))
        {
            return "the folder in which the program was started is gone";
        }
        catch (Exception other) when (other is IOException or UnauthorizedAccessException)
        {
            return failure.Message;
        }
    }

    private static string? InTheWay(string folder)
    {
        for (string? path = folder; !string.IsNullOrEmpty(path) && !Directory.Exists(path); path = Path.GetDirectoryName(path))
        {
            var file = new FileInfo(path);
            if (file.LinkTarget is { } target && file.ResolveLinkTarget(returnFinalTarget: true) is not { Exists: true })
            {
                return $"{path} is a link to {target}, which is not there";
            }
            if (file.Exists)
            {
                return $"{path} is no folder";
            }
        }
        return null;
    }
}
