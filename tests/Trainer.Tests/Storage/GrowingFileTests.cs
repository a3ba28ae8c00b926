using Trainer.Failures;
using Trainer.Storage;

namespace Trainer.Tests.Storage;

public sealed class GrowingFileTests
{
    private const string Header = "epoch,loss\n";
    private const string First = "1,0.5\n";
    private const string Second = "2,0.25\n";

    [Fact]
    public void Appending_IsOneWrite()
    {
        using var folder = new TempFolder();
        Prepare(folder.Root);
        FaultyDisk disk = Faults.Strike(Fault.None, folder.Root, root => Append(root, First));
        Assert.Equal([DiskOperation.Append, DiskOperation.Write, DiskOperation.Flush], disk.Log.Select(done => done.Operation));
        Assert.Equal(Header + First, Text(folder));
    }

    [Fact]
    public void AFaultThatPasses_LeavesEveryLineOnce()
    {
        foreach (Fault fault in Faults.Of(Prepare, AppendTwo).Where(fault => fault.Passes))
        {
            using var folder = new TempFolder();
            Prepare(folder.Root);
            FaultyDisk disk = Faults.Strike(fault, folder.Root, AppendTwo);
            Assert.True(disk.HasStruck);
            Assert.Equal([WriteFailure.Pauses[0]], disk.Pauses);
            Assert.Equal(Header + First + Second, Text(folder));
        }
    }

    [Fact]
    public void AFullDisk_LeavesWholeLines_AndIsSaid()
    {
        foreach (Fault fault in Faults.Of(Prepare, AppendTwo).Where(fault => fault.Kind == FaultKind.Full))
        {
            using var folder = new TempFolder();
            Prepare(folder.Root);
            var disk = new FaultyDisk(fault, folder.Root);
            using (Disk.Use(disk))
            {
                Assert.Contains("free some space", Assert.Throws<RunFailedException>(() => AppendTwo(folder.Root)).Message);
            }
            Assert.Equal(WriteFailure.Pauses, disk.Pauses);
            Assert.Contains(Text(folder), new[] { Header, Header + First });
        }
    }

    [Fact]
    public void AFlushThatFailed_IsNotBelieved_AndTheLineIsWrittenAgain()
    {
        using var folder = new TempFolder();
        Prepare(folder.Root);
        FaultyDisk disk = Faults.Strike(new Fault(FaultKind.BrokenOnce, 3), folder.Root, root => Append(root, First));
        Assert.Equal(
            [
                DiskOperation.Append, DiskOperation.Write, DiskOperation.Flush, DiskOperation.SetLength,
                DiskOperation.Append, DiskOperation.Write, DiskOperation.Flush,
            ],
            disk.Log.Select(done => done.Operation));
        Assert.Equal(Header + First, Text(folder));
    }

    [Fact]
    public void WhatEndsTheProcess_CostsNoLineBefore_AndAPowerCutNoneThatWasFlushed()
    {
        foreach (Fault fault in Faults.Of(Prepare, AppendTwo).Where(fault => fault.Kills || fault.Kind == FaultKind.Broken))
        {
            using var folder = new TempFolder();
            Prepare(folder.Root);
            bool hasFirst = false;
            try
            {
                Faults.Strike(fault, folder.Root, root =>
                {
                    Append(root, First);
                    hasFirst = true;
                    Append(root, Second);
                });
            }
            catch (RunFailedException) when (fault.Kind == FaultKind.Broken)
            {
                // Nothing can be set back either.
            }
            string text = Text(folder);
            Assert.StartsWith(hasFirst ? Header + First : Header, text);
            Assert.StartsWith(text, Header + First + Second);
        }
    }

    [Fact]
    public void BeginningAnew_IsTriedAgain_AndLeavesNothingOfBefore()
    {
        foreach (Fault fault in Faults.Of(Prepare, Begin).Where(fault => fault.Passes))
        {
            using var folder = new TempFolder();
            Prepare(folder.Root);
            Assert.Equal([WriteFailure.Pauses[0]], Faults.Strike(fault, folder.Root, Begin).Pauses);
            Assert.Equal(Second, Text(folder));
        }
    }

    private static void Prepare(string root) => File.WriteAllText(Path.Combine(root, "rows.csv"), Header);

    private static void Append(string root, string line) => GrowingFile.Append(Path.Combine(root, "rows.csv"), Bytes(line), lasting: true);

    private static void AppendTwo(string root)
    {
        Append(root, First);
        Append(root, Second);
    }

    private static void Begin(string root) => GrowingFile.Begin(Path.Combine(root, "rows.csv"), Bytes(Second), lasting: true);

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static string Text(TempFolder folder) => File.ReadAllText(folder["rows.csv"]);
}
