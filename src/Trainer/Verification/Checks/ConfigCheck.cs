using System.Text.RegularExpressions;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Verification.Checks;

/// <summary>The configuration is resolved, and the one that the folder is named by.</summary>
internal sealed partial class ConfigCheck : IRunCheck
{
    /// <inheritdoc/>
    public string Name => "config";

    /// <inheritdoc/>
    public CheckOutcome? Check(VerifiedRun run)
    {
        Experiment experiment = run.Experiment;
        string file = run.NameOf(run.Folder.Config);
        string text = YamlText.ReadFile(run.Folder.Config), resolved = ConfigWriter.Write(experiment);
        int line = 1 + text.AsSpan(0, text.AsSpan().CommonPrefixLength(resolved)).Count('\n');
        string? form = text == resolved ? null : FormattableString.Invariant($"{file}({line}): is not as this program writes it: something was changed by hand");
        string name = FormattableString.Invariant($"{ConfigHash.Of(experiment)}-s{experiment.Seed}");
        string folder = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(run.Folder.Path)));
        bool isNamed = FolderName().IsMatch(folder);
        return CheckOutcome.Of(
            isNamed ? $"{file} resolves to itself and to {name}" : $"{file} resolves to itself; {folder} is no name with a hash",
            form, isNamed && folder != name ? $"{file}: is the configuration of {name}, not of {folder}" : null);
    }

    [GeneratedRegex("^[0-9a-f]{8}-s[0-9]+$")]
    private static partial Regex FolderName();
}
