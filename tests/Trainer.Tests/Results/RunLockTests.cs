using Trainer.Failures;
using Trainer.Results;
using Trainer.Tests.Commands;
using Trainer.Tests.Devices;
using Trainer.Tests.Sweeps;

namespace Trainer.Tests.Results;

/// <summary>Folders that are taken.</summary>
public class RunLockTests
{
    [Fact]
    public void FolderInWhichNothingBegan_GoesAway_AndAnyOtherStays()
    {
        using var folder = new TempFolder();
        var (empty, other) = (new RunFolder(folder["empty"]), new RunFolder(folder["other"]));
        new RunLock(empty).Leave();
        Assert.False(Directory.Exists(empty.Path));
        var held = new RunLock(other);
        File.WriteAllText(other.Status, "{}");
        Assert.Null(RunLock.TryTake(other));
        held.Leave();
        Assert.True(File.Exists(other.Status));
        using RunLock? again = RunLock.TryTake(other);
        Assert.NotNull(again);
    }

    [FactOnUnix]
    public void FolderThatCannotBeWritten_IsNotOneInWhichAnotherIsAtWork()
    {
        using var folder = new TempFolder();
        // Neither taken nor forbidden: a link to itself cannot be opened.
        Directory.CreateDirectory(folder["run"]);
        File.CreateSymbolicLink(folder["run", RunLock.FileName], folder["run", RunLock.FileName]);
        RunFailedException[] thrown =
        [
            Assert.Throws<RunFailedException>(() => new RunLock(folder["run"])),
            Assert.Throws<RunFailedException>(() => RunLock.TryTake(new RunFolder(folder["run"]))),
        ];
        Assert.All(thrown, failure => Assert.StartsWith($"{folder["run"]}: the folder cannot be written (", failure.Message));
    }

    [Fact]
    public async Task CellsOfASweep_AreFoldersInWhichARunHasBegun()
    {
        using var trial = new SweepTrial();
        await trial.RunAsync("set: {epochs: 0}\nseeds: 1-3\n");
        RunFolder[] cells = [.. trial.Folder.Cells()];
        Directory.Delete(cells[1].Path, recursive: true);
        using (new RunLock(cells[1]))
        {
            Assert.Equal([cells[0], cells[2]], trial.Folder.Cells());
            ProgramOutcome outcome = await trial.Program.RunAsync("compare", trial.Folder.Path);
            Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        }
    }

    [Fact]
    public async Task RunWhoseDeviceFails_BeforeItBegins_LeavesNoFolder()
    {
        using var trial = new ProgramTrial { Devices = TrialGpus.With([TrialGpus.H100()], null, _ => throw new DeviceException("lost")) };
        ProgramOutcome outcome = await trial.TrainAsync(trial.SmallConfig("data: {source: embedded}\n"), "--device", "cuda");
        Assert.Equal(4, outcome.Status);
        Assert.Empty(Directory.GetDirectories(Path.Combine(trial.Results, "trial")));
    }
}
