using Trainer.Results;
using Trainer.Storage;
using Trainer.Tests.Commands;

namespace Trainer.Tests.Storage;

/// <summary>A disk that is full in the middle of a run, and what the user is told.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly ProgramTrial _trial = new(train: 60, test: 20);

    public void Dispose() => _trial.Dispose();

    [Fact]
    public async Task ARun_IsKeptWhereThereIsRoom_AndGoesOnFromThere()
    {
        string config = Config();
        string metrics = await MetricsOfAsync(config);
        // The line of the second epoch: what was trained since the last checkpoint would be lost.
        (ProgramOutcome outcome, string root) = await FillUpAtAsync(config, DiskOperation.Append, "metrics.csv", 2);
        string line = outcome.OneErrorLine();
        var folder = new RunFolder(Directory.GetDirectories(Path.Combine(root, "results", "trial")).Single());
        string refuge = Refuge(line);
        try
        {
            Assert.Equal(1, outcome.Status);
            Assert.StartsWith($"trainer: {folder.Metrics}: cannot be written: No space left on device; free some space", line);
            Assert.Equal(["state-1-12.json", "state-1-12.safetensors"], Directory.GetFiles(refuge).Select(file => Path.GetFileName(file)).Order());
            ProgramOutcome resumed = await _trial.RunAsync("resume", folder.Path, "--checkpoints", refuge, "--device", "cpu", "--threads", "1");
            Assert.Equal((0, ""), (resumed.Status, resumed.Error));
        }
        finally
        {
            Directory.Delete(refuge, recursive: true);
        }
        Assert.Equal(metrics, File.ReadAllText(folder.Metrics));
        Continuation from = Assert.Single(Manifest.TryRead(folder)!.Continued!);
        Assert.Equal((1, 12), (from.Epoch, from.Step));
    }

    [Fact]
    public async Task TheStatus_CountsNoEpochThatIsNotRecorded()
    {
        (ProgramOutcome outcome, string root) = await FillUpAtAsync(Config("checkpoint: {epochs: 0, minutes: 0}"), DiskOperation.Append, "metrics.csv", 2);
        Directory.Delete(Refuge(outcome.OneErrorLine()), recursive: true);
        var folder = new RunFolder(Directory.GetDirectories(Path.Combine(root, "results", "trial")).Single());
        // What the full disk leaves of the status is the one before.
        Assert.Equal(1, RunStatus.TryRead(folder)!.Epoch);
        Assert.Equal(2, CsvFile.Read<MetricsRow>(folder.Metrics).Count);
    }

    private static string Refuge(string line) =>
        line[(line.IndexOf("is kept in ", StringComparison.Ordinal) + "is kept in ".Length)..line.LastIndexOf(": ", StringComparison.Ordinal)];

    private string Config(string more = "checkpoint: {epochs: 1, minutes: 0}") => _trial.Config(
        $$"""
        name: trial
        model: {hidden: [8, 6]}
        optimizer: {name: sgd, lr: 0.1, momentum: 0.9}
        epochs: 3
        batch_size: 5
        data: {source: embedded}
        {{more}}
        """);

    private async Task<string> MetricsOfAsync(string config)
    {
        Assert.Equal(0, (await TrainAsync(config, _trial.In("whole"))).Status);
        return File.ReadAllText(Directory.GetFiles(_trial.In("whole"), "metrics.csv", SearchOption.AllDirectories).Single());
    }

    /// <summary>Runs until the <paramref name="count"/>th operation of this kind on this file finds no space, nor any other from there on.</summary>
    private async Task<(ProgramOutcome Outcome, string Root)> FillUpAtAsync(string config, DiskOperation operation, string file, int count)
    {
        string sound = Directory.CreateDirectory(_trial.In("sound")).FullName;
        var disk = new FaultyDisk(Fault.None, sound);
        await TrainAsync(config, sound, disk);
        int at = disk.Log.Index().Where(done => done.Item.Operation == operation && Path.GetFileName(done.Item.Path) == file).ElementAt(count - 1).Index + 1;
        string root = Directory.CreateDirectory(_trial.In("full")).FullName;
        return (await TrainAsync(config, root, new FaultyDisk(new Fault(FaultKind.Full, at), root)), root);
    }

    private async Task<ProgramOutcome> TrainAsync(string config, string root, FaultyDisk? disk = null)
    {
        using IDisposable? use = disk is null ? null : Disk.Use(disk);
        return await _trial.RunAsync("run", config, "--out", Path.Combine(root, "results"), "--device", "cpu", "--threads", "1");
    }
}
