using Trainer.Data;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Runs;
using Trainer.Sessions;
using Trainer.Terminal;

namespace Trainer.Commands;

/// <summary>What <c>trainer resume RUN</c> does up to the first step.</summary>
/// <param name="shell">Where to print.</param>
/// <param name="folder">The run.</param>
/// <param name="data">Where images come from.</param>
internal sealed class ResumeSession(Shell shell, RunFolder folder, DataProvider data)
{
    /// <summary>Another device than the configuration's.</summary>
    public string? Device { get; init; }

    /// <summary>Folder of the data set.</summary>
    public string? Data { get; init; }

    /// <summary>How it begins.</summary>
    public RunStart Start { get; init; } = RunStart.Usual;

    /// <summary>Goes on with the run, or finds it complete.</summary>
    /// <returns>How it ended.</returns>
    /// <exception cref="TrainerException">What went wrong, in a line.</exception>
    public async Task<ExitCode> ExecuteAsync(SingleRun run, CancellationToken cancellation)
    {
        data.Begin(Data);
        RecordedExperiment recorded = await RecordedExperiment.LoadAsync(folder, data, Data, cancellation);
        Experiment experiment = Device is { } device ? recorded.Experiment with { Device = device } : recorded.Experiment;
        string place = Device is null ? $"{folder.Config}: device" : "--device";
        var devices = new DeviceChoices(shell.Devices);
        devices.Check(experiment.Device, place);
        var prepared = new PreparedRun(folder.Config, experiment, recorded.Data, folder, TraceFiles.StepCount(folder.Trace));
        return run.Execute(prepared, () => devices.Of(experiment.Device, place), Start, cancellation);
    }
}
