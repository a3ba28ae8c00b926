using System.CommandLine;
using System.CommandLine.Parsing;
using Trainer.Yaml;

namespace Trainer.Commands;

/// <summary>The files that verbs take, as a shell completes them.</summary>
internal static class ConfigArguments
{
    private const string Folder = "configs";
    private const string Sweeps = "configs/sweeps";

    /// <summary>Completes configurations.</summary>
    public static void CompleteConfigs(this Argument<string[]> argument) =>
        argument.CompletionSources.Add(_ => Files(Folder).Where(file => !file.StartsWith(Sweeps + "/", StringComparison.Ordinal)));

    /// <summary>Refuses what can only be meant as an option: an argument that takes several would take it for a file.</summary>
    public static void RefuseOptions(this Argument<string[]> argument) => argument.Validators.Add(result =>
    {
        if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } option && result.Parent is CommandResult parent)
        {
            string[] known = [.. parent.Command.Options.Select(option => option.Name)];
            result.AddError($"'{option.Value}' is not known{Suggestion.Ending(option.Value, known)}");
        }
    });

    /// <summary>Completes sweep files.</summary>
    public static void CompleteSweeps(this Argument<string> argument) => argument.CompletionSources.Add(_ => Files(Sweeps));

    private static IEnumerable<string> Files(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Select(file => file.Replace('\\', '/')).Order(StringComparer.Ordinal)
        : [];
}
