using Trainer.Catalogs;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Listings;

/// <summary>What runs can be filtered and sorted by: how they stand, every key of a configuration, every column of the metrics
/// as the last epoch has it.</summary>
internal static class RunFields
{
    /// <summary>The field that says how a run stands.</summary>
    public const string State = "state";

    /// <summary>The columns of <c>metrics.csv</c> that hold measurements.</summary>
    public static IReadOnlyDictionary<string, Func<MetricsRow, double?>> Metrics { get; } =
        new Dictionary<string, Func<MetricsRow, double?>>(StringComparer.Ordinal)
        {
            ["lr"] = row => row.Lr,
            ["running_loss"] = row => row.RunningLoss,
            ["running_accuracy"] = row => row.RunningAccuracy,
            ["train_loss"] = row => row.TrainLoss,
            ["train_accuracy"] = row => row.TrainAccuracy,
            ["val_loss"] = row => row.ValLoss,
            ["val_accuracy"] = row => row.ValAccuracy,
            ["test_loss"] = row => row.TestLoss,
            ["test_accuracy"] = row => row.TestAccuracy,
        };

    private static readonly Dictionary<string, Func<RunEntry, string?>> OfTheRun = new(StringComparer.Ordinal)
    {
        ["name"] = run => run.Experiment.Name,
        ["hash"] = run => run.Hash,
        ["seed"] = run => Invariant($"{run.Experiment.Seed}"),
        [State] = run => StandingText.Word(run.Standing),
        ["epoch"] = run => Invariant($"{run.Status.Epoch}"),
        ["epochs"] = run => Invariant($"{run.Status.Epochs}"),
        ["updated"] = run => Invariant($"{run.Status.Updated.UtcDateTime:O}"),
        ["data_set"] = run => run.Data.Name,
        ["folder"] = run => run.Folder.Path,
        ["message"] = run => run.Status.Message,
    };

    /// <summary>What <paramref name="key"/> means.</summary>
    /// <param name="key">The field.</param>
    /// <param name="option">The option that it was given with, for the message.</param>
    /// <returns>Gives a run's value as text; null where it has none.</returns>
    /// <exception cref="ConfigException">There is no such field.</exception>
    public static Func<RunEntry, string?> Find(string key, string option)
    {
        if (OfTheRun.TryGetValue(key, out Func<RunEntry, string?>? known))
        {
            return known;
        }
        if (Metrics.TryGetValue(key, out Func<MetricsRow, double?>? column))
        {
            return run => run.Last is { } last && column(last) is { } value ? Invariant($"{value:R}") : null;
        }
        string[] keys = [.. KeyTable.Of(typeof(Experiment)).Select(row => row.Path).Distinct()];
        if (!keys.Contains(key))
        {
            string? near = Suggestion.For(key, [.. OfTheRun.Keys, .. Metrics.Keys, .. keys]);
            throw new ConfigException($"{option}: '{Excerpt.Of(key)}' is neither a field ({string.Join(", ", OfTheRun.Keys)}), nor a column of metrics.csv, nor a key of configurations"
                + (near is null ? "; 'trainer show-config RUN --flat' lists keys" : $"; did you mean '{near}'?"));
        }
        // A mapping written in full holds more keys than one; its kind is what a reader calls it by.
        string kind = key + "." + ConfigShape.NameKey;
        return run => Unquoted(run.Keys.GetValueOrDefault(key) ?? run.Keys.GetValueOrDefault(kind));
    }

    private static string? Unquoted(string? value) => value is ['"', .. var text, '"'] ? text : value;

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
