using System.Runtime.ExceptionServices;
using Trainer.Devices;
using Trainer.Engines;
using Trainer.Failures;
using Trainer.Listings;
using Trainer.Results;
using Trainer.Terminal;

namespace Trainer.Sessions;

/// <summary>A run that has the terminal to itself, from taking its folder to the closing table.</summary>
/// <param name="shell">Where to print.</param>
/// <param name="json">Whether to print JSON lines.</param>
/// <param name="threads">Threads of the processor engine; 0 for one per core.</param>
/// <param name="command">The command line, for the manifest.</param>
internal sealed class SingleRun(Shell shell, bool json, int threads, IReadOnlyList<string> command)
{
    /// <summary>Takes the folder of a run.</summary>
    public Func<RunFolder, IRunHold> Take { get; init; } = folder => new RunLock(folder);

    /// <summary>Runs, or finds the run already done.</summary>
    /// <param name="run">What to do.</param>
    /// <param name="device">Where; asked for once there is something to compute.</param>
    /// <param name="start">How it begins.</param>
    /// <param name="cancellation">Ends the run, after a checkpoint.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="TrainerException">What went wrong, in a line.</exception>
    public ExitCode Execute(PreparedRun run, Func<DeviceChoice> device, RunStart start, CancellationToken cancellation)
    {
        var report = new RunReport(shell, json, run.Experiment, run.Data, run.Folder);
        if (!start.Anew && run.FindComplete() is { } summary)
        {
            return AlreadyDone(run, summary, report);
        }
        ResultLinks.ThrowIfLeadingOut(run.Folder.Path);
        IRunHold hold = Take(run.Folder);
        try
        {
            if (hold.Notice is { } notice)
            {
                shell.Error.WriteLine(notice);
            }
            // Another process may have been at work in it until now.
            if (!start.Anew && run.FindComplete() is { } meanwhile)
            {
                report.AlreadyDone(meanwhile);
                return ExitCode.Ok;
            }
            return Execute(run, device(), start, report, cancellation);
        }
        finally
        {
            hold.Leave();
        }
    }

    private ExitCode Execute(PreparedRun run, DeviceChoice device, RunStart start, RunReport report, CancellationToken cancellation)
    {
        using IEngine engine = shell.Devices.Create(device, run.Setup, threads);
        var execution = new RunExecution(run, device, engine, start, command, isAlone: true, threads > 0 ? threads : null);
        execution.Problems.ForEach(problem => shell.Error.WriteLine($"trainer: {problem}"));
        report.Begin(run.Setup, engine.Description, device.Reason, execution.From);
        return Told(execution.Execute(report.Display, cancellation), report, start.Anew);
    }

    private static ExitCode AlreadyDone(PreparedRun run, RunSummary summary, RunReport report)
    {
        RunClosing.Finish(run.Folder, run.Experiment, run.Data.Name, summary.Last.Epoch, summary.Stopped?.Describe(run.Experiment.Epochs));
        report.AlreadyDone(summary);
        return ExitCode.Ok;
    }

    private static ExitCode Told(RunOutcome outcome, RunReport report, bool forced)
    {
        if (outcome.Failure is { } failure)
        {
            report.Failed(outcome);
            ExceptionDispatchInfo.Throw(failure);
        }
        if (outcome.DrawingFailure is { } drawing)
        {
            ExceptionDispatchInfo.Throw(drawing);
        }
        if (outcome.State == RunState.Interrupted)
        {
            report.Interrupted(outcome, forced);
            // Started again with --force it would begin again, and again.
            return forced ? ExitCode.Interrupted : ExitCode.Requeue;
        }
        report.Completed(outcome);
        return ExitCode.Ok;
    }
}
