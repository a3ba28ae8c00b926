using Trainer.Data;
using Trainer.Failures;
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
        return new SingleRun(shell, options.Json, options.Threads, command)
            .Execute(run, () => devices.Of(experiment.Device, devicePlace), new RunStart(options.Force), cancellation);
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
}
