using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Trainer.Catalogs;
using Trainer.Results;

namespace Trainer.Reports;

/// <summary>What computed the runs: versions, machine, device, and the images they were trained on.</summary>
internal static class EnvironmentSection
{
    private const int MostNamed = 4;

    /// <summary>The section.</summary>
    public static XElement Of(Report report)
    {
        RunEntry[] runs = [.. report.Comparison.Groups.SelectMany(group => group.Group.Runs)];
        (RunEntry Run, IReadOnlyList<(string Name, string Value)> Facts)[] known = [.. runs
            .AsParallel().AsOrdered().Select(run => (run, Facts(run)))];
        IGrouping<string, (RunEntry Run, IReadOnlyList<(string Name, string Value)> Facts)>[] environments =
            [.. known.GroupBy(run => string.Join('\n', run.Facts.Select(fact => fact.Value)))];
        return Html.Section("environment", "Environment",
            Html.Tag("p.quiet", environments.Length == 1
                ? "All runs were computed in the same environment. No number but the seconds depends on it: the same configuration and seed give the same bits on every machine."
                : "The runs were computed in several environments. No number but the seconds depends on them: the same configuration and seed give the same bits on every machine."),
            environments.Select((environment, at) => new[]
            {
                environments.Length == 1 ? null : Html.Tag("h3", Which([.. environment.Select(run => run.Run)], runs.Length)),
                Html.Tag("dl.facts-list", environment.First().Facts.Select(fact => new[] { Html.Tag("dt", fact.Name), Html.Tag("dd", fact.Value) })),
            }));
    }

    /// <summary>The manifest of a run; null where it cannot be read whole, as one of an earlier version.</summary>
    public static Manifest? ManifestOf(RunEntry run)
    {
        try
        {
            return JsonText.Parse<Manifest>(RecordedFile.ReadText(run.Folder.Manifest, RecordedFile.LongestJson));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static IReadOnlyList<(string Name, string Value)> Facts(RunEntry run) => ManifestOf(run) is not { } manifest
        ? [("data set", $"{run.Data.Name}, SHA-256 {run.Data.Hash ?? "not recorded"}"), ("manifest", "not complete")]
        :
        [
            ("program", $"trainer {manifest.Software.Trainer}, commit {manifest.Software.Commit ?? "not known"}"),
            ("runtime", $"{manifest.Software.Runtime}, {manifest.Software.OperatingSystem}"),
            ("machine", FormattableString.Invariant($"{manifest.Hardware.Processor}, {manifest.Hardware.Cores} cores, {manifest.Hardware.MemoryGib} GiB")),
            ("engine", manifest.Engine),
            ("device", $"{manifest.Device ?? "not recorded"} ({manifest.DeviceReason})"),
            ("data set", $"{manifest.DataSet}, from {manifest.DataOrigin}"),
            ("its SHA-256", manifest.DataHash),
        ];

    private static string Which(RunEntry[] runs, int all)
    {
        string count = FormattableString.Invariant($"{runs.Length} of {all} runs");
        return runs.Length > MostNamed
            ? count
            : $"{count}: {string.Join(", ", runs.Select(run => string.Create(CultureInfo.InvariantCulture, $"{run.Experiment.Name} seed {run.Experiment.Seed}")))}";
    }
}
