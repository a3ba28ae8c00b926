using Trainer.Data;
using Trainer.Devices;
using Trainer.Engines;
using Trainer.Failures;
using Trainer.Optimizers;
using Trainer.Results;
using Trainer.Runs;
using Trainer.TensorBoard;
using Trainer.Terminal;
using Trainer.Yaml;

namespace Trainer.Commands;

/// <summary>What <c>trainer run</c> does, from the configuration file to the closing table.</summary>
/// <param name="shell">Where to print.</param>
/// <param name="options">What was asked for.</param>
/// <param name="data">Where images come from.</param>
internal sealed class RunSession(Shell shell, RunOptions options, DataProvider data)
{
    /// <summary>Runs, or finds the run already done.</summary>
    /// <returns>How it ended.</returns>
    /// <exception cref="TrainerException">What went wrong, in a line.</exception>
    public async Task<ExitCode> ExecuteAsync(IReadOnlyList<string> command, CancellationToken cancellation)
    {
        data.Begin(options.Data);
        Experiment experiment = ReadExperiment();
        string devicePlace = options.Device is null ? $"{options.Config}: device" : "--device";
        var wanted = DeviceName.Parse(experiment.Device, devicePlace);
        var device = new Lazy<DeviceChoice>(() => DeviceChoice.For(wanted, devicePlace, shell.Devices.List));
        if (wanted.Family != DeviceName.Auto)
        {
            // Before data is fetched for nothing. 'auto' cannot fail: its drivers are asked once there is something to compute.
            _ = device.Value;
        }
        DataSet images = await data.LoadAsync(experiment.Data.Source, options.Data, cancellation);
        // What 'auto' came to is part of the experiment: two data sets never share a folder.
        experiment = experiment with { Data = experiment.Data with { Source = DataProvider.SourceOf(images) } };
        RunFolder folder = RunFolder.Of(options.Out, experiment);
        var report = new RunReport(shell, options.Json, experiment, images, folder);
        TrainingSetup setup = Setup(options.Config, experiment, images);
        CheckTrace(experiment, setup);
        if (!options.Force && TraceIsThere(folder) && RunRecorder.FindComplete(folder, experiment, images) is { } summary && DiagnosticsAreThere(folder, experiment, summary) && EventsAreThere(folder, experiment, summary))
        {
            report.AlreadyDone(summary);
            return ExitCode.Ok;
        }
        using var folderLock = new RunLock(folder);
        // Before the recorder empties the folder: where the device fails, an earlier result stays.
        using IEngine engine = shell.Devices.Create(device.Value, setup, options.Threads);
        var manifest = new Manifest
        {
            Software = Software.Current(),
            Hardware = Hardware.Current(),
            Engine = engine.Description,
            Device = device.Value.Name,
            DeviceReason = device.Value.Reason,
            DataSet = images.Name,
            DataHash = images.Hash,
            DataOrigin = images.Origin,
            Command = command,
            Started = DateTimeOffset.UtcNow,
        };
        var recorder = new RunRecorder(folder, experiment, images, setup.Shape, manifest);
        report.Begin(setup, engine.Description, device.Value.Reason);
        DiagnosticsRecorder? diagnostics = experiment.Diagnostics
            ? new DiagnosticsRecorder(folder.Diagnostics, setup, engine, experiment.Seed)
            : null;
        TensorBoardRecorder? tensorBoard = experiment.Tensorboard ? new TensorBoardRecorder(folder.TensorBoard, setup) : null;
        IRunObserver[] observers = [recorder, .. new IRunObserver?[] { diagnostics, tensorBoard }.OfType<IRunObserver>(), report.Display];
        var run = new Run(experiment, setup, diagnostics?.Engine ?? engine, new Observers(observers), options.Trace);
        return Execute(run, recorder, report, cancellation);
    }

    private static ExitCode Execute(Run run, RunRecorder recorder, RunReport report, CancellationToken cancellation)
    {
        try
        {
            recorder.Complete(run.Execute(cancellation));
        }
        catch (OperationCanceledException)
        {
            recorder.End(RunState.Interrupted, "interrupted by the user");
            recorder.Draw();
            report.Interrupted(recorder);
            return ExitCode.Interrupted;
        }
        catch (Exception failure)
        {
            RunState state = failure is DivergedException ? RunState.Diverged : RunState.Failed;
            report.Failed(state, recorder);
            string message = failure is DeviceException lost ? DeviceAccess.WithMend(lost) : failure.Message;
            TryEnd(recorder, state, message);
            if (failure is DeviceException)
            {
                throw new DeviceException(message, failure);
            }
            throw;
        }
        recorder.Draw();
        report.Completed(recorder);
        return ExitCode.Ok;
    }

    /// <summary>Notes a failure where that is still possible: the failure may be that the folder cannot be written.</summary>
    private static void TryEnd(RunRecorder recorder, RunState state, string message)
    {
        try
        {
            recorder.End(state, message);
            recorder.Draw();
        }
        catch (TrainerException)
        {
            // The first failure is the one to tell.
        }
    }

    /// <summary>A trace is of the first epoch: more steps than that has would be promised and not recorded.</summary>
    private void CheckTrace(Experiment experiment, TrainingSetup setup)
    {
        if (options.Trace > 0 && experiment.Optimizer is LineSearch)
        {
            throw new ConfigException("--trace: records steps of an update rule, and line_search makes none; line_search.csv has its steps");
        }
        long steps = experiment.Epochs == 0 ? 0 : Run.Steps(experiment, setup.Data.Train.Count).PerEpoch;
        if (options.Trace > steps)
        {
            throw new ConfigException($"--trace: {options.Trace} steps, but {(steps == 0 ? "nothing is trained" : $"the first epoch has {steps}")}; ask for at most that");
        }
    }

    private bool TraceIsThere(RunFolder folder) => options.Trace == 0 || TraceFiles.StepCount(folder.Trace) >= options.Trace;

    private static bool DiagnosticsAreThere(RunFolder folder, Experiment experiment, RunSummary summary) =>
        !experiment.Diagnostics || folder.Diagnostics.IsComplete(summary.Stopped?.Epoch ?? experiment.Epochs);

    private static bool EventsAreThere(RunFolder folder, Experiment experiment, RunSummary summary) =>
        !experiment.Tensorboard || folder.TensorBoard.IsComplete(summary.Stopped?.Epoch ?? experiment.Epochs);

    /// <summary>The setup of an experiment that was read from <paramref name="config"/>.</summary>
    /// <exception cref="ConfigException">It does not fit the data, or itself.</exception>
    internal static TrainingSetup Setup(string config, Experiment experiment, DataSet images)
    {
        try
        {
            return Run.Setup(experiment, images).Checked();
        }
        catch (ConfigException failure)
        {
            throw new ConfigException($"{config}: {failure.Message}", failure);
        }
        catch (ArgumentException failure)
        {
            throw new ConfigException($"{config}: {failure.Message}; see model.hidden and batch_size", failure);
        }
    }

    private Experiment ReadExperiment()
    {
        Experiment experiment = ConfigReader.Read<Experiment>(options.Config, options.Set);
        experiment = options.Seed is { } seed ? experiment with { Seed = seed } : experiment;
        experiment = options.Device is { } device ? experiment with { Device = device } : experiment;
        try
        {
            return options.Epochs is { } epochs ? experiment with { Epochs = epochs } : experiment;
        }
        catch (ArgumentException failure)
        {
            throw new ConfigException($"--epochs: {failure.Message}", failure);
        }
    }
}
