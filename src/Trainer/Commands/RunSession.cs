using Trainer.Data;
using Trainer.Devices;
using Trainer.Engines;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Runs;
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
        Experiment experiment = ReadExperiment();
        string devicePlace = options.Device is null ? $"{options.Config}: device" : "--device";
        DeviceChoice device = DeviceChoice.For(experiment.Device, devicePlace);
        DataSet images = await data.LoadAsync(experiment.Data.Source, options.Data, cancellation);
        // What 'auto' came to is part of the experiment: two data sets never share a folder.
        experiment = experiment with { Data = experiment.Data with { Source = DataProvider.SourceOf(images) } };
        RunFolder folder = RunFolder.Of(options.Out, experiment);
        var report = new RunReport(shell, options.Json, experiment, images, folder);
        if (!options.Force && RunRecorder.IsComplete(folder, experiment))
        {
            report.AlreadyDone();
            return ExitCode.Ok;
        }
        TrainingSetup setup = Setup(experiment, images);
        using IEngine engine = device.Create(setup, options.Threads);
        var manifest = new Manifest
        {
            Software = Software.Current(),
            Hardware = Hardware.Current(),
            Engine = engine.Description,
            DeviceReason = device.Reason,
            DataSet = images.Name,
            DataHash = images.Hash,
            DataOrigin = images.Origin,
            Command = command,
            Started = DateTimeOffset.UtcNow,
        };
        var recorder = new RunRecorder(folder, experiment, images, setup.Shape, manifest);
        report.Begin(setup, engine.Description, device.Reason);
        var run = new Run(experiment, setup, engine, new Observers(recorder, report.Display), options.Trace);
        return Execute(run, recorder, report, cancellation);
    }

    private static ExitCode Execute(Run run, RunRecorder recorder, RunReport report, CancellationToken cancellation)
    {
        try
        {
            run.Execute(cancellation);
        }
        catch (OperationCanceledException)
        {
            recorder.End(RunState.Interrupted, "interrupted by the user");
            report.Interrupted(recorder);
            return ExitCode.Interrupted;
        }
        catch (DivergedException failure)
        {
            recorder.End(RunState.Diverged, failure.Message);
            throw;
        }
        catch (TrainerException failure)
        {
            report.Break();
            TryEnd(recorder, failure.Message);
            throw;
        }
        recorder.End(RunState.Completed);
        report.Completed(recorder);
        return ExitCode.Ok;
    }

    /// <summary>Notes a failure where that is still possible: the failure may be that the folder cannot be written.</summary>
    private static void TryEnd(RunRecorder recorder, string message)
    {
        try
        {
            recorder.End(RunState.Failed, message);
        }
        catch (RunFailedException)
        {
            // The first failure is the one to tell.
        }
    }

    private TrainingSetup Setup(Experiment experiment, DataSet images)
    {
        try
        {
            return Run.Setup(experiment, images);
        }
        catch (ConfigException failure)
        {
            throw new ConfigException($"{options.Config}: {failure.Message}", failure);
        }
        catch (ArgumentException failure)
        {
            throw new ConfigException($"{options.Config}: model.hidden: {failure.Message}", failure);
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
