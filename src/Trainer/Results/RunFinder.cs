using Trainer.Failures;

namespace Trainer.Results;

/// <summary>Finds the run that a user means by a path.</summary>
internal static class RunFinder
{
    // Links are not followed: they lead in circles, or to what belongs elsewhere.
    private static readonly EnumerationOptions Listing = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    /// <summary>The same, also where the run has recorded nothing yet.</summary>
    /// <exception cref="ConfigException">There is none, or more than one.</exception>
    public static RunFolder FindBegun(string path)
    {
        var folder = new RunFolder(path);
        return File.Exists(folder.Config) ? folder : Find(path);
    }

    /// <summary>The run folder at <paramref name="path"/>, or the only one below it.</summary>
    /// <exception cref="ConfigException">There is none, or more than one.</exception>
    public static RunFolder Find(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new ConfigException($"{path}: {(File.Exists(path) ? "is a file" : "no such folder")}; give the folder of a run, as 'trainer run' prints it");
        }
        var folder = new RunFolder(path);
        if (File.Exists(folder.Metrics))
        {
            return folder;
        }
        string[] runs = [.. Directory
            .EnumerateFiles(path, Path.GetFileName(folder.Metrics), Listing)
            .Select(file => Path.GetDirectoryName(file)!)
            .Order(StringComparer.Ordinal)];
        return runs switch
        {
            [var only] => new RunFolder(only),
            [] => throw new ConfigException($"{path}: no run in it (no {Path.GetFileName(folder.Metrics)}); start one with 'trainer run CONFIG'"),
            _ => throw new ConfigException($"{path}: holds {runs.Length} runs; give one of them, as {runs[0]}"),
        };
    }
}
