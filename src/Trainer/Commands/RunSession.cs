using System.Runtime.ExceptionServices;
using Trainer.Data;
using Trainer.Devices;
using Trainer.Engines;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Runs;
using Trainer.Sessions;
using Trainer.Sweeps;
using Trainer.Terminal;
using Trainer.Yaml;

namespace Trainer.Commands;

/// <summary>What <c>trainer run CONFIG</c> does, from the configuration file to the closing table.</summary>
/// <param name="shell">Where to print.</param>
/// <param name="options">What was asked for.</param>
/// <param name="data">Where images come from.</param>
internal sealed class RunSession(Shell shell, RunOptions options, DataProvider data)
{
    private string Config => options.Configs[0];

    /// <summary>Runs, or finds the run already done.</summary>
    /// <returns>How it ended.</returns>
    /// <exception cref="TrainerException">What went wrong, in a line.</exception>
    public async Task<ExitCode> ExecuteAsync(IReadOnlyList<string> command, CancellationToken cancellation)
    {
        data.Begin(options.Data);
        Experiment experiment = options.Adjusted(Read());
        string devicePlace = options.Device is null ? $"{Config}: device" : "--device";
        var devices = new DeviceChoices(shell.Devices);
        devices.Check(experiment.Device, devicePlace);
        DataSet images = await data.LoadAsync(experiment.Data.Source, options.Data, cancellation);
        var run = new PreparedRun(Config, experiment, images, options.Out, options.Trace);
        var report = new RunReport(shell, options.Json, run.Experiment, images, run.Folder);
        if (!options.Force && run.FindComplete() is { } summary)
        {
            report.AlreadyDone(summary);
            return ExitCode.Ok;
        }
        var folderLock = new RunLock(run.Folder);
        try
        {
            if (folderLock.Notice is { } notice)
            {
                shell.Error.WriteLine(notice);
            }
            // Another process may have been at work in it until now.
            if (!options.Force && run.FindComplete() is { } meanwhile)
            {
                report.AlreadyDone(meanwhile);
                return ExitCode.Ok;
            }
            return Execute(run, devices.Of(experiment.Device, devicePlace), report, command, cancellation);
        }
        finally
        {
            folderLock.Leave();
        }
    }

    private Experiment Read()
    {
        try
        {
            return ConfigReader.Read<Experiment>(Config, options.Set);
        }
        catch (ConfigException failure) when (SweepReader.IsSweep(Config))
        {
            throw new ConfigException($"{Config}: this is a sweep; 'trainer sweep' takes it", failure);
        }
    }

    private ExitCode Execute(PreparedRun run, DeviceChoice device, RunReport report, IReadOnlyList<string> command, CancellationToken cancellation)
    {
        using IEngine engine = shell.Devices.Create(device, run.Setup, options.Threads);
        int? threads = options.Threads > 0 ? options.Threads : null;
        var execution = new RunExecution(run, device, engine, command, isAlone: true, threads);
        report.Begin(run.Setup, engine.Description, device.Reason);
        return Told(execution.Execute(report.Display, cancellation), report);
    }

    private static ExitCode Told(RunOutcome outcome, RunReport report)
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
            report.Interrupted(outcome);
            return ExitCode.Interrupted;
        }
        report.Completed(outcome);
        return ExitCode.Ok;
    }
}
