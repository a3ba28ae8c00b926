using System.CommandLine;

namespace Trainer.Commands;

/// <summary>The files that verbs take, as a shell completes them.</summary>
internal static class ConfigArguments
{
    private const string Folder = "configs";
    private const string Sweeps = "configs/sweeps";

    /// <summary>Completes configurations.</summary>
    public static void CompleteConfigs(this Argument<string[]> argument) =>
        argument.CompletionSources.Add(_ => Files(Folder).Where(file => !file.StartsWith(Sweeps + "/", StringComparison.Ordinal)));

    /// <summary>Completes sweep files.</summary>
    public static void CompleteSweeps(this Argument<string> argument) => argument.CompletionSources.Add(_ => Files(Sweeps));

    private static IEnumerable<string> Files(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Select(file => file.Replace('\\', '/')).Order(StringComparer.Ordinal)
        : [];
}
