using System.Globalization;
using Trainer.Results;
using Trainer.Yaml;

namespace Trainer.Verification.Checks;

/// <summary>The saved weights have the digests of their epochs, and the best ones are of the best epoch by validation.</summary>
internal sealed class WeightsCheck : IRunCheck
{
    /// <inheritdoc/>
    public string Name => "weights";

    /// <inheritdoc/>
    public CheckOutcome? Check(VerifiedRun run)
    {
        if (run.Rows.Count == 0)
        {
            return null;
        }
        if (IsAhead(run, run.Folder.LastWeights, run.Last))
        {
            return CheckOutcome.NotChecked($"{run.NameOf(run.Folder.LastWeights)} is of an epoch whose line was not written any more");
        }
        string? surplus = run.BestRow is null && File.Exists(run.Folder.BestWeights)
            ? $"{run.NameOf(run.Folder.BestWeights)}: is there, though no epoch was measured on validation rows" : null;
        (string text, IEnumerable<string> best) = run.BestRow is not { } row ? ("", [])
            : IsAhead(run, run.Folder.BestWeights, run.Best) ? (", the best are of an epoch whose line was not written any more", [])
            : (FormattableString.Invariant($", the best that of epoch {row.Epoch}"), Problems(run, run.Best, row));
        return CheckOutcome.Of(
            FormattableString.Invariant($"the last weights have the digest of epoch {run.Rows[^1].Epoch}{text}"),
            [.. Problems(run, run.Last, run.Rows[^1]), .. best, surplus]);
    }

    /// <summary>Whether the weights were saved and the run was ended before their line was.</summary>
    private static bool IsAhead(VerifiedRun run, string path, SavedWeights weights) =>
        !run.IsComplete && File.Exists(path) && weights.Epoch > run.Rows[^1].Epoch;

    private static IEnumerable<string> Problems(VerifiedRun run, SavedWeights weights, MetricsRow row)
    {
        string file = run.NameOf(weights.Path), metrics = run.NameOf(run.Folder.Metrics);
        if (weights.Digest != row.Digest)
        {
            yield return FormattableString.Invariant($"{file}: its digest is {weights.Digest}, {metrics} has {row.Digest} of epoch {row.Epoch}");
        }
        (string Key, string Value)[] says =
        [
            ("config", run.Experiment.Name), ("config_hash", ConfigHash.Of(run.Experiment)),
            ("seed", run.Experiment.Seed.ToString(CultureInfo.InvariantCulture)), ("data_set", RecordedDataSet.Of(run.Folder).Name),
            ("epoch", row.Epoch.ToString(CultureInfo.InvariantCulture)), ("digest", row.Digest ?? ""),
        ];
        foreach ((string key, string value) in says)
        {
            if (weights.Metadata.TryGetValue(key, out string? said) && said != value)
            {
                yield return $"{file}: says {key} {Excerpt.Of(said)}, not {value}";
            }
        }
    }
}
