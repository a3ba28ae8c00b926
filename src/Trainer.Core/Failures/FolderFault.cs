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
            for (string? path = Path.GetFullPath(folder); !string.IsNullOrEmpty(path); path = Path.GetDirectoryName(path))
            {
                if (Directory.Exists(path))
                {
                    break;
                }
                if (File.Exists(path))
                {
                    return $"{path} is no folder";
                }
                if (new FileInfo(path).LinkTarget is { } target)
                {
                    return $"{path} is a link to {target}, which is not there";
                }
            }
        }
        catch (Exception other) when (other is IOException or UnauthorizedAccessException)
        {
            if (!Path.IsPathFullyQualified(folder))
            {
                return "the folder in which the program was started is gone";
            }
        }
        return failure.Message;
    }
}
