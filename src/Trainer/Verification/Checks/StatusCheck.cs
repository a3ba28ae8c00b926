using Trainer.Results;
using Trainer.Yaml;

namespace Trainer.Verification.Checks;

/// <summary><c>status.json</c> says how far the run is, and why it ended.</summary>
internal sealed class StatusCheck : IRunCheck
{
    /// <inheritdoc/>
    public string Name => "status";

    /// <inheritdoc/>
    public CheckOutcome? Check(VerifiedRun run)
    {
        RunStatus status = run.Status;
        string file = run.NameOf(run.Folder.Status);
        int last = run.Rows.Count == 0 ? 0 : run.Rows[^1].Epoch;
        // Of a run that was killed the line of an epoch may be there and not yet the status of it.
        bool isAt = status.Epoch == last || (status.State == RunState.Running && status.Epoch <= last);
        return CheckOutcome.Of(
            run.IsComplete ? FormattableString.Invariant($"{file} says that the run completed with epoch {last}")
                : FormattableString.Invariant($"unfinished ({run.Standing}, epoch {last} of {run.Experiment.Epochs}): only what is there was checked"),
            isAt ? null : FormattableString.Invariant($"{file}: epoch is {status.Epoch}, {run.NameOf(run.Folder.Metrics)} ends with {last}"),
            status.Epochs == run.Experiment.Epochs ? null
                : FormattableString.Invariant($"{file}: epochs is {status.Epochs}, {run.NameOf(run.Folder.Config)} asks for {run.Experiment.Epochs}"),
            Reason(run, file, status),
            !run.IsComplete && File.Exists(run.Folder.Summary) && status.State != RunState.Running
                ? $"{file}: says {run.Standing}, but there is the {run.NameOf(run.Folder.Summary)} of a complete run" : null,
            RecordedFile.ReadText(run.Folder.Status, RecordedFile.LongestJson) == JsonText.File(status) ? null : $"{file}: is not written as this program writes it");
    }

    private static string? Reason(VerifiedRun run, string file, RunStatus status)
    {
        if (!run.IsComplete || run.Rows.Count == 0 || ExpectedEnd.Of(run, RunSummary.TryRead(run.Folder)?.Stopped) is not { Problem: null } end)
        {
            return null;
        }
        string? reason = end.Stop?.Describe(run.Experiment.Epochs);
        return status.Message == reason ? null : $"{file}: message is {Text(status.Message)}, computed {Text(reason)}";
    }

    private static string Text(string? message) => message is null ? "null" : $"\"{Excerpt.OneLine(message)}\"";
}
