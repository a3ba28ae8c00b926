using System.Diagnostics;
using System.Runtime.Versioning;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Storage;
using Trainer.Tests.Commands;
using Trainer.Tests.Processes;

namespace Trainer.Tests.Storage;

/// <summary>A lock is held by one, ends with its process, and is not fooled by what its file says.</summary>
public class FileLockTests : IDisposable
{
    private static readonly Dictionary<string, string> NoVariables = [];
    private readonly TempFolder _folder = new();

    private string File => _folder["lock"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, 0)]
    [InlineData(8, 0)]
    [InlineData(1, 1)]
    [InlineData(4, 2)]
    public async Task Folder_IsHadByOneAtATime_WhileOthersTakeItLeaveItAndRemoveIt(int threads, int processes)
    {
        string beside = Directory.CreateDirectory(_folder["beside"]).FullName;
        Task<ProgramOutcome>[] children = [.. Enumerable.Range(0, processes).Select(_ =>
            ChildProcess.RunAsync(ChildProcess.Tests, NoVariables, [LockChild.CompeteCommand, _folder["run"], beside]))];
        Task<int>[] here = [.. Enumerable.Range(0, threads).Select(_ =>
            Task.Factory.StartNew(() => LockChild.Compete(_folder["run"], beside), TaskCreationOptions.LongRunning))];
        await Task.WhenAll(here);
        foreach (ProgramOutcome child in await Task.WhenAll(children))
        {
            Assert.Equal((0, ""), (child.Status, child.Error));
        }
        Assert.Equal($"{(threads + processes) * LockChild.Turns}", System.IO.File.ReadAllText(Path.Combine(beside, "number")));
    }

    [Fact]
    public void Look_KeepsNobodyFromTaking()
    {
        using var done = new CancellationTokenSource();
        Thread[] looking = [.. Enumerable.Range(0, 3).Select(_ => new Thread(() =>
        {
            while (!done.IsCancellationRequested)
            {
                FileLock.IsHeld(File);
            }
        }))];
        Array.ForEach(looking, thread => thread.Start());
        int refused = 0;
        for (int turn = 0; turn < 300; turn++)
        {
            using FileLock? held = FileLock.TryTake(File);
            refused += held is null ? 1 : 0;
        }
        done.Cancel();
        Array.ForEach(looking, thread => thread.Join());
        Assert.Equal(0, refused);
    }

    [Fact]
    public void Look_SaysWhetherItIsHeld_AndMakesNothing()
    {
        Assert.False(FileLock.IsHeld(File));
        Assert.False(FileLock.IsHeld(_folder["nowhere", "lock"]));
        Assert.Empty(_folder.Names);
        using (FileLock.TryTake(File))
        {
            Assert.True(FileLock.IsHeld(File));
            Assert.Null(FileLock.TryTake(File));
        }
        Assert.False(FileLock.IsHeld(File));
        Assert.Equal("", System.IO.File.ReadAllText(File));
    }

    [Fact]
    public async Task KilledHolder_HoldsNothing_WhateverTheFileSays()
    {
        var run = new RunFolder(_folder["run"]);
        int number;
        using (Process process = ChildProcess.Start(ChildProcess.Tests, NoVariables, [LockChild.HoldCommand, run.Path]))
        {
            Assert.Equal("held", await process.StandardOutput.ReadLineAsync());
            number = process.Id;
            Assert.True(RunLock.IsHeld(run));
            RunFailedException refused = Assert.Throws<RunFailedException>(() => new RunLock(run));
            Assert.Matches(
                $@"^{run.Path}: another process is at work in it \(process {number} on \S+ since [0-9: -]+\); wait for it, or choose another --out$",
                refused.Message);
            process.Kill();
            await process.WaitForExitAsync();
        }
        Assert.Contains($"process {number} ", RunLock.HolderOf(run));
        Assert.False(RunLock.IsHeld(run));
        using RunLock? taken = RunLock.TryTake(run);
        Assert.NotNull(taken);
        Assert.Contains($"process {Environment.ProcessId} ", RunLock.HolderOf(run));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no such line\n")]
    [InlineData("\0\0\0\0\0\0\0\0")]
    public void StaleText_HoldsNobodyBack(string text)
    {
        System.IO.File.WriteAllText(File, text);
        using FileLock? held = FileLock.TryTake(File);
        Assert.NotNull(held);
        Assert.Equal(Environment.ProcessId, FileLock.HolderOf(File)?.Process);
    }

    [Fact]
    public void NumberOfAProcessThatLives_HoldsNobodyBack()
    {
        // Somebody was killed, and his number is this process's now.
        System.IO.File.WriteAllBytes(File, LockHolder.OfThisProcess().ToBytes());
        Assert.False(FileLock.IsHeld(File));
        using FileLock? held = FileLock.TryTake(File);
        Assert.NotNull(held);
    }

    [FactOnUnix]
    public void FileThatIsNoLock_IsNeitherWrittenNorHeld()
    {
        string own = _folder.Write("own.txt", "a text of somebody's own");
        System.IO.File.CreateSymbolicLink(_folder["link"], own);
        Directory.CreateDirectory(_folder["inner"]);
        _folder.Write("large", new string('x', LockHolder.MostBytes + 1));
        foreach ((string name, string what) in new[] { ("link", "a link"), ("inner", "a folder"), ("large", "no lock file") })
        {
            IOException failure = Assert.Throws<IOException>(() => FileLock.TryTake(_folder[name]));
            Assert.Equal($"{_folder[name]} is {what}; remove it", failure.Message);
            Assert.False(FileLock.IsHeld(_folder[name]));
            Assert.Null(FileLock.HolderOf(_folder[name]));
        }
        Assert.Equal("a text of somebody's own", System.IO.File.ReadAllText(own));
    }

    [FactOnUnix]
    public void HolderWhoseFileIsRemovedByHand_LeavesThatOfTheNext()
    {
        using FileLock? first = FileLock.TryTake(File);
        System.IO.File.Delete(File);
        using FileLock? second = FileLock.TryTake(File);
        Assert.NotNull(second);
        first!.Remove();
        Assert.True(FileLock.IsHeld(File));
        second.Remove();
        Assert.Empty(_folder.Names);
    }

    [FactForOrdinaryUsers]
    [UnsupportedOSPlatform("windows")]
    public void FolderOrFileThatMayNotBeWritten_IsSaidSo_AndIsNotHeld()
    {
        var run = new RunFolder(_folder["run"]);
        Directory.CreateDirectory(run.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.StartsWith($"{run.Path}: the folder cannot be written", Assert.Throws<RunFailedException>(() => new RunLock(run)).Message);
        System.IO.File.SetUnixFileMode(run.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string place = Path.Combine(run.Path, RunLock.FileName);
        foreach (UnixFileMode mode in new[] { UnixFileMode.UserRead, UnixFileMode.None })
        {
            System.IO.File.WriteAllText(place, "");
            System.IO.File.SetUnixFileMode(place, mode);
            Assert.StartsWith($"{run.Path}: the folder cannot be written", Assert.Throws<RunFailedException>(() => new RunLock(run)).Message);
            Assert.False(RunLock.IsHeld(run));
            System.IO.File.Delete(place);
        }
    }

    [FactOnUnix]
    public async Task FileSystemThatKeepsNoLocks_IsToldOnce_AndTheRunGoesOn()
    {
        // .NET goes on without a word where a file system cannot lock; this switch makes it treat every file so.
        var noLocks = new Dictionary<string, string> { ["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1" };
        string config = _folder.Write("trial.yaml", """
            name: trial
            model: {hidden: [4], activation: relu}
            optimizer: {name: sgd, lr: 0.1}
            epochs: 1
            evaluate_train: false
            data: {source: embedded}
            """);
        ProgramOutcome outcome = await ChildProcess.RunAsync(
            ChildProcess.Trainer, noLocks, ["run", config, "--out", _folder["results"], "--set", "batch_size=256", "--json"]);
        Assert.Equal(0, outcome.Status);
        string line = Assert.Single(outcome.Error.TrimEnd('\n').Split('\n'), text => text.Contains("locks"));
        Assert.StartsWith($"trainer: {_folder["results", "trial"]}", line);
        Assert.EndsWith(": this file system keeps no locks: see to it yourself that no other process works in it", line);
    }

    [Fact]
    public void LockHere_HasNothingAgainstIt()
    {
        using FileLock? held = FileLock.TryTake(File);
        Assert.Null(held!.Weakness);
    }

    /// <summary>A fact about what an administrator may do all the same.</summary>
    private sealed class FactForOrdinaryUsersAttribute : FactAttribute
    {
        public FactForOrdinaryUsersAttribute() => Skip =
            OperatingSystem.IsWindows() ? "Windows has no file modes"
            : Environment.IsPrivilegedProcess ? "an administrator may write everywhere"
            : null;
    }
}
