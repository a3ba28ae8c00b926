namespace Trainer.Clusters.Slurm;

/// <summary>Reads the lines that sacct prints for <see cref="Fields"/>.</summary>
internal static class SacctAnswer
{
    /// <summary>The columns; with --parsable2 none is cut.</summary>
    public const string Fields = "JobID,State,ExitCode,JobName";

    /// <summary>Reads an answer; lines that are none, and those of steps, are left out.</summary>
    /// <param name="output">What sacct printed.</param>
    public static IReadOnlyList<AccountedTask> Read(string output)
    {
        var tasks = new List<AccountedTask>();
        foreach (string line in output.Split('\n'))
        {
            if (line.Trim().Split('|') is not [var id, var state, var exitCode, .. var name] || TaskExpression.TryParse(id) is not { IsCut: false } expression)
            {
                continue;
            }
            // "CANCELLED by 1000", and "CANCELLED+" where a column was too narrow.
            string word = state.Split(' ')[0].TrimEnd('+');
            IEnumerable<int> indices = expression.Indices.Count == 0 ? [0] : expression.Indices;
            tasks.AddRange(indices.Select(index => new AccountedTask(expression.Job, index, word, exitCode, string.Join('|', name))));
        }
        return tasks;
    }
}
