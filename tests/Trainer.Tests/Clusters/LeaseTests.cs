using Trainer.Failures;
using Trainer.Results;
using Trainer.Sessions;
using Trainer.Storage;

namespace Trainer.Tests.Clusters;

/// <summary>The lease of a run: who may write, and that whoever has lost it changes nothing any more.</summary>
public class LeaseTests
{
    private static readonly DateTimeOffset Submitted = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 1, 0, 0, true)]
    [InlineData(0, 0, 0, 1, false)]
    [InlineData(0, 2, 0, 2, false)]
    [InlineData(1, 0, 0, 9, true)]
    [InlineData(0, 9, 1, 0, false)]
    public void TheLaterSubmission_ThenTheLaterRestart_IsNewer(int submission, int restart, int otherSubmission, int otherRestart, bool isNewer) =>
        Assert.Equal(isNewer, Holder(restart, submission).IsNewerThan(Holder(otherRestart, otherSubmission)));

    [Fact]
    public void AnOlderStart_IsRefused_BeforeItWrites()
    {
        using var folder = new TempFolder();
        var run = new RunFolder(folder["run"]);
        new RunLease(run, Holder(2)).Take();
        string before = File.ReadAllText(run.Lease);
        using var stop = new CancellationTokenSource();
        LeaseLostException lost = Assert.Throws<LeaseLostException>(() => LeasedRun.Take(run, Holder(1), TimeSpan.Zero, stop));
        Assert.Equal(2, lost.Holder!.Restart);
        Assert.Equal(ExitCode.Failure, lost.ExitCode);
        Assert.Equal(before, File.ReadAllText(run.Lease));
        Assert.Equal([run.Lease], Directory.GetFiles(run.Path));
    }

    [Fact]
    public void EveryChange_AsksTheLease_AndNoneIsMadeWithoutIt()
    {
        using var folder = new TempFolder();
        var run = new RunFolder(folder["run"]);
        using var stop = new CancellationTokenSource();
        LeasedRun held = LeasedRun.Take(run, Holder(0), TimeSpan.Zero, stop);
        string file = Path.Combine(run.Path, "file"), inner = Path.Combine(run.Path, "inner");
        AtomicFile.WriteText(file, "one");
        GrowingFile.Append(file, "two"u8, lasting: false);

        new RunLease(run, Holder(1)).Take();
        Action[] changes =
        [
            () => AtomicFile.WriteText(file, "three"),
            () => GrowingFile.Append(file, "three"u8, lasting: false),
            () => GrowingFile.Begin(file, "three"u8, lasting: false),
            () => DiskFolder.Make(inner, lasting: false),
            () => Disk.Current.DeleteFile(file),
            () => Disk.Current.DeleteFolder(run.Path),
            () => Disk.Current.Rename(file, inner),
            () => Disk.Current.Create(inner),
        ];
        Assert.All(changes, change => Assert.Throws<LeaseLostException>(change));
        Assert.Equal("onetwo", File.ReadAllText(file));
        Assert.False(Path.Exists(inner));

        held.Leave();
        Assert.Equal(1, RunLease.HolderOf(run)!.Restart);
        AtomicFile.WriteText(file, "no task");
        Assert.Equal("no task", File.ReadAllText(file));
    }

    [Fact]
    public void AFileThatWasOpenBefore_IsClosedToo()
    {
        using var folder = new TempFolder();
        var run = new RunFolder(folder["run"]);
        using var stop = new CancellationTokenSource();
        LeasedRun held = LeasedRun.Take(run, Holder(0), TimeSpan.Zero, stop);
        string path = Path.Combine(run.Path, "file");
        using (IDiskFile file = Disk.Current.Create(path))
        {
            file.Write("one"u8);
            new RunLease(run, Holder(1)).Take();
            Assert.Throws<LeaseLostException>(() => file.Write("two"u8));
            Assert.Throws<LeaseLostException>(() => file.SetLength(0));
        }
        Assert.Equal("one", File.ReadAllText(path));
        held.Leave();
    }

    [Fact]
    public void AnOlderStart_ThatOverwritesIt_DoesNotWin()
    {
        using var folder = new TempFolder();
        var run = new RunFolder(folder["run"]);
        using var stop = new CancellationTokenSource();
        LeasedRun held = LeasedRun.Take(run, Holder(2), TimeSpan.Zero, stop);
        var late = new RunLease(run, Holder(1));
        late.Take();
        AtomicFile.WriteText(run.Status, "{}");
        Assert.Equal(2, RunLease.HolderOf(run)!.Restart);
        Assert.False(late.TryKeep());
        held.Leave();
    }

    [Fact]
    public void ALeaseThatIsGone_IsLost()
    {
        using var folder = new TempFolder();
        var run = new RunFolder(folder["run"]);
        using var stop = new CancellationTokenSource();
        LeasedRun held = LeasedRun.Take(run, Holder(0), TimeSpan.Zero, stop);
        File.Delete(run.Lease);
        LeaseLostException lost = Assert.Throws<LeaseLostException>(() => AtomicFile.WriteText(run.Status, "{}"));
        Assert.Contains("removed by somebody", lost.Message, StringComparison.Ordinal);
        Assert.Null(lost.Holder);
        held.Leave();
    }

    [Fact]
    public async Task WhoHasTheFolder_IsToldWithinSeconds_ToStop()
    {
        using var folder = new TempFolder();
        var run = new RunFolder(folder["run"]);
        using var stop = new CancellationTokenSource();
        LeasedRun held = LeasedRun.Take(run, Holder(0), TimeSpan.Zero, stop);
        new RunLease(run, Holder(1)).Take();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(TimeSpan.FromMinutes(1), stop.Token));
        held.Leave();
    }

    [Fact]
    public void TheLease_Stays_SoThatACopyThatWakesUpLate_FindsIt()
    {
        using var folder = new TempFolder();
        var run = new RunFolder(folder["run"]);
        using CancellationTokenSource stop = new(), other = new();
        LeasedRun.Take(run, Holder(1), TimeSpan.Zero, stop).Leave();
        Assert.Equal(1, RunLease.HolderOf(run)!.Restart);
        Assert.Throws<LeaseLostException>(() => LeasedRun.Take(run, Holder(0), TimeSpan.Zero, other));
    }

    [Fact]
    public void AnOlderStartThatHangs_IsGonePast_AndCanWriteNothing()
    {
        using var folder = new TempFolder();
        var run = new RunFolder(folder["run"]);
        using CancellationTokenSource stop = new(), other = new();
        LeasedRun? hanging = null;
        // Its disk is its own: that of its thread.
        var thread = new Thread(() => hanging = LeasedRun.Take(
            run, Holder(0) with { Host = Environment.MachineName, Process = Environment.ProcessId }, TimeSpan.Zero, stop));
        thread.Start();
        thread.Join();
        LeasedRun held = LeasedRun.Take(run, Holder(1), TimeSpan.FromMilliseconds(300), other);
        Assert.Contains("has not let go of the folder", held.Notice, StringComparison.Ordinal);
        AtomicFile.WriteText(run.Status, "{}");
        held.Leave();
        hanging!.Leave();
        Assert.Equal("{}", File.ReadAllText(run.Status));
    }

    [Fact]
    public void SomebodyWithoutALease_IsNotGonePast_WhateverTaskWasThereBefore()
    {
        using var folder = new TempFolder();
        var run = new RunFolder(folder["run"]);
        using CancellationTokenSource stop = new(), other = new();
        LeasedRun.Take(run, Holder(0), TimeSpan.Zero, stop).Leave();
        using var alone = new RunLock(run);
        Assert.Throws<RunBusyException>(() => LeasedRun.Take(run, Holder(1), TimeSpan.FromMilliseconds(1), other));
    }

    [Fact]
    public void SomebodyWithoutALease_IsWaitedFor_AndThenNamed()
    {
        using var folder = new TempFolder();
        var run = new RunFolder(folder["run"]);
        using var alone = new RunLock(run);
        using var stop = new CancellationTokenSource();
        RunBusyException busy = Assert.Throws<RunBusyException>(() => LeasedRun.Take(run, Holder(0), TimeSpan.FromMilliseconds(1), stop));
        Assert.Contains($"process {Environment.ProcessId}", busy.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToldToStopWhileItWaits_ItStops()
    {
        using var folder = new TempFolder();
        var run = new RunFolder(folder["run"]);
        using var alone = new RunLock(run);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => LeasedRun.Take(run, Holder(0), TimeSpan.FromMinutes(1), stop));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    public void ALeaseThatCannotBeRead_HoldsNobodyBack(string text)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["run"]);
        var run = new RunFolder(folder["run"]);
        File.WriteAllText(run.Lease, text);
        using var stop = new CancellationTokenSource();
        LeasedRun held = LeasedRun.Take(run, Holder(0), TimeSpan.Zero, stop);
        File.WriteAllText(run.Lease, text);
        AtomicFile.WriteText(run.Status, "{}");
        Assert.Equal(0, RunLease.HolderOf(run)!.Restart);
        held.Leave();
    }

    private static LeaseHolder Holder(int restart, int submission = 0) => new(
        Submitted.AddMinutes(submission), restart, "4711_1", "n1", 331, Submitted, Guid.NewGuid());
}
