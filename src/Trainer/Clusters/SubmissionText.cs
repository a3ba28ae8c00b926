namespace Trainer.Clusters;

/// <summary>Submissions in words.</summary>
internal static class SubmissionText
{
    /// <summary>"job 4711 (24 tasks)"; "jobs 4711, 4712 (1,500 tasks of 10 cells)".</summary>
    public static string Of(Submission submission)
    {
        int tasks = submission.Parts.Sum(part => part.Count);
        string each = submission.Settings.CellsPerTask > 1 ? FormattableString.Invariant($" of {submission.Settings.CellsPerTask} cells") : "";
        string jobs = string.Join(", ", submission.Parts.Select(part => part.Job));
        return FormattableString.Invariant($"{(submission.Parts.Count == 1 ? "job" : "jobs")} {jobs} ({tasks} {(tasks == 1 ? "task" : "tasks")}{each})");
    }
}
