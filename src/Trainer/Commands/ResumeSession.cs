using System.Text.RegularExpressions;
using Trainer.Data;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Runs;
using Trainer.Sessions;
using Trainer.Terminal;
using Trainer.Yaml;

namespace Trainer.Commands;

/// <summary>What <c>trainer resume RUN</c> does up to the first step.</summary>
/// <param name="shell">Where to print.</param>
/// <param name="folder">The run.</param>
/// <param name="data">Where images come from.</param>
internal sealed partial class ResumeSession(Shell shell, RunFolder folder, DataProvider data)
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
        (Experiment experiment, DataSet images) = await LoadAsync(cancellation);
        ThrowIfChanged(experiment);
        experiment = Device is { } device ? experiment with { Device = device } : experiment;
        string place = Device is null ? $"{folder.Config}: device" : "--device";
        var devices = new DeviceChoices(shell.Devices);
        devices.Check(experiment.Device, place);
        var prepared = new PreparedRun(experiment, images, folder);
        return run.Execute(prepared, () => devices.Of(experiment.Device, place), Start, cancellation);
    }

    /// <summary>A configuration that somebody has changed would train another run over this one.</summary>
    private void ThrowIfChanged(Experiment experiment)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Path)));
        string expected = Path.GetFileName(RunFolder.Of("", experiment).Path);
        if (RunName().IsMatch(name) && name != expected)
        {
            throw new ConfigException(
                $"{folder.Config}: is the configuration of {expected}, not of this run; put back what it was, or train the other by 'trainer run {folder.Config}'");
        }
    }

    [GeneratedRegex(@"\A[0-9a-f]{8}-s[0-9]+\z")]
    private static partial Regex RunName();

    /// <summary>A manifest that is lost says nothing of the images; a checkpoint knows its own.</summary>
    private async Task<(Experiment Experiment, DataSet Images)> LoadAsync(CancellationToken cancellation)
    {
        if (RecordedDataSet.TryHash(folder) is null)
        {
            Experiment experiment = ConfigReader.Read<Experiment>(folder.Config, []);
            return (experiment, await data.LoadAsync(experiment.Data.Source, Data, cancellation));
        }
        RecordedExperiment recorded = await RecordedExperiment.LoadAsync(folder, data, Data, cancellation);
        return (recorded.Experiment, recorded.Data);
    }
}
