using System.CommandLine;
using Trainer.Clusters;
using Trainer.Sweeps;
using Trainer.Terminal;

namespace Trainer.Commands;

/// <summary><c>trainer sweep-task</c>: what the script of an array starts.</summary>
internal static class SweepTaskCommand
{
    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        var folder = new Argument<string>("folder") { HelpName = "FOLDER", Description = "folder of a submitted sweep" };
        var submission = new Option<int>("--submission") { HelpName = "N", Description = "number of the submission", Required = true };
        submission.CheckRange(1, int.MaxValue);
        var offset = new Option<int>("--offset") { HelpName = "K", Description = "tasks in the arrays before this one" };
        offset.CheckRange(0, SweepPlanner.MostCells);
        var index = new Option<int?>(TaskPlace.IndexOption) { HelpName = "I", Description = "index of the task, from 1; else SLURM_ARRAY_TASK_ID, else JOB_COMPLETION_INDEX + 1" };
        index.CheckRange(1, SweepPlanner.MostCells);
        Command command = new Command(
            "sweep-task",
            "Does one task of a submitted sweep: what its array script starts. Goes on where a task before it was stopped. On SIGUSR1 it "
            + "keeps a checkpoint and has itself requeued; on SIGTERM it keeps one and leaves, with 85.")
        {
            folder, submission, offset, index,
        }.WithExamples("trainer sweep-task results/sweeps/course --submission 1 --index 3");
        command.SetAction((parsed, _) => CommandLine.ResumableAsync(shell, async cancellation =>
        {
            var place = TaskPlace.Of(shell.Clusters.Variable, parsed.GetValue(index));
            var sweep = new ClusterFolder(new SweepFolder(parsed.GetRequiredValue(folder)));
            var session = new TaskSession(shell, sweep, parsed.GetValue(submission), parsed.GetValue(offset), place, shell.Data.Provider(shell));
            return await session.ExecuteAsync(["trainer", .. parsed.Tokens.Select(token => token.Value)], cancellation);
        }));
        return command;
    }
}
