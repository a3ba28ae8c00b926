using Trainer.Failures;

namespace Trainer.Data;

/// <summary>
/// Decides which folder Fashion-MNIST is loaded from: <c>--data</c>, else <c>TRAINER_DATA</c>, else the user's cache,
/// else a download into that cache. A place that somebody named is taken or refused, never passed over in silence.
/// Only names are looked at here; <see cref="FashionMnist.Load(string, UnpackedCopies)"/> verifies the contents.
/// </summary>
internal sealed class DataLocator(DataSurroundings surroundings)
{
    /// <summary>Finds the folder.</summary>
    /// <param name="dataOption">The value of <c>--data</c>; null when it was not given.</param>
    /// <exception cref="DataException">The place that was named is no folder, or lacks files.</exception>
    public DataLocation Locate(string? dataOption)
    {
        if (dataOption is not null)
        {
            return Named(DataPlace.Option, "--data", dataOption);
        }
        if (!string.IsNullOrWhiteSpace(surroundings.DataVariable))
        {
            return Named(DataPlace.Variable, DataSurroundings.VariableName, surroundings.DataVariable);
        }
        string cache = surroundings.CacheFolder;
        IReadOnlyList<string> missing = FashionMnistFiles.Official.MissingFrom(cache);
        return missing.Count == 0
            ? new DataLocation(DataPlace.Cache, cache, "the user's cache has it")
            : new DataLocation(DataPlace.Download, cache, $"neither --data nor {DataSurroundings.VariableName} is given, "
                + $"and the user's cache lacks {missing.Count} of {FashionMnistFiles.Official.All.Count} files");
    }

    private static DataLocation Named(DataPlace place, string source, string folder)
    {
        string mend = $"let {source} name the folder that holds the four Fashion-MNIST files, or leave it out";
        if (string.IsNullOrWhiteSpace(folder))
        {
            throw new DataException($"{source}: names no folder; {mend}");
        }
        if (!Directory.Exists(folder))
        {
            string finding = File.Exists(folder) ? "is a file, not a folder" : "no such folder";
            throw new DataException($"{source} {folder}: {finding}; {mend}");
        }
        IReadOnlyList<string> missing = FashionMnistFiles.Official.MissingFrom(folder);
        return missing.Count == 0
            ? new DataLocation(place, folder, $"{source} names it")
            : throw new DataException($"{source} {folder}: lacks {string.Join(", ", missing)} (.gz or unpacked); {mend}");
    }
}
