using Trainer.Catalogs;
using Trainer.Results;
using Trainer.Yaml;

namespace Trainer.Listings;

/// <summary>A list of runs for machines.</summary>
internal static class ListingTable
{
    private static readonly string[] Fields = ["folder", "name", "hash", "seed", "state", "epoch", "epochs", "updated", "data_set", "message"];

    /// <summary>CSV with a header: how each run stands, its last epoch, and each key of the configurations that is not the same
    /// in all.</summary>
    public static string Csv(RunListing listing)
    {
        RunEntry[] runs = [.. listing.Runs.Select(run => run.Entry)];
        IReadOnlyList<ConfigDifference> differences = ConfigLines.Differences([.. runs.Select(run => run.Experiment)], static key => key.IsIdentity);
        IReadOnlyList<ConfigDifference> keys = [.. differences.Where(difference => !Fields.Contains(difference.Key))];
        Func<RunEntry, string?>[] columns = [.. Fields.Concat(RunFields.Metrics.Keys).Select(field => RunFields.Find(field, field))];
        return CsvFile.Text(
            [.. Fields, .. RunFields.Metrics.Keys, .. keys.Select(key => key.Key)],
            runs.Select((run, index) => (string[])[.. columns.Select(column => column(run) ?? ""), .. keys.Select(key => key.Values[index] ?? "")]));
    }

    /// <summary>JSON, an object a line.</summary>
    public static IEnumerable<string> Json(RunListing listing) => listing.Runs.Select(run => JsonText.Line(new Line(
        run.Entry.Folder.Path, run.Entry.Experiment.Name, run.Entry.Hash, run.Entry.Experiment.Seed, StandingText.Word(run.Entry.Standing),
        run.Entry.Status.Epoch, run.Entry.Status.Epochs, run.Entry.Status.Updated, run.Entry.Data.Name, run.Entry.Status.Message,
        run.Differs, run.Entry.Last)));

    private sealed record Line(
        string Folder, string Name, string Hash, ulong Seed, string State, int Epoch, int Epochs, DateTimeOffset Updated, string DataSet,
        string? Message, string Differs, MetricsRow? Last);
}
