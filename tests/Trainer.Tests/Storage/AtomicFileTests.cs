using Trainer.Failures;
using Trainer.Storage;

namespace Trainer.Tests.Storage;

public sealed class AtomicFileTests : IDisposable
{
    private const string Old = "what was there before";
    private const string New = "what is to be there, and it is longer than the other";
    private readonly TempFolder _folder = new();

    private string File => _folder["inner", "file.txt"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Replacing_TouchesTheDiskInThisOrder()
    {
        Prepare(_folder.Root);
        FaultyDisk disk = Faults.Strike(Fault.None, _folder.Root, Replace);
        Assert.Equal(
            [DiskOperation.Create, DiskOperation.Write, DiskOperation.Flush, DiskOperation.Rename, DiskOperation.FlushFolder],
            disk.Log.Select(done => done.Operation));
        Assert.Equal(New, Text());
    }

    [Fact]
    public void Replacing_WithoutLasting_FlushesNothing()
    {
        FaultyDisk disk = Faults.Strike(Fault.None, _folder.Root, _ => AtomicFile.WriteText(File, New, lasting: false));
        Assert.Equal(
            [DiskOperation.CreateFolder, DiskOperation.Create, DiskOperation.Write, DiskOperation.Rename],
            disk.Log.Select(done => done.Operation));
    }

    [Fact]
    public void AFaultThatPasses_CostsAPauseAndNothingElse()
    {
        foreach (Fault fault in Faults.Of(Nothing, Replace).Where(fault => fault.Passes))
        {
            using var folder = new TempFolder();
            FaultyDisk disk = Faults.Strike(fault, folder.Root, Replace);
            Assert.True(disk.HasStruck);
            Assert.Equal([WriteFailure.Pauses[0]], disk.Pauses);
            Assert.Equal(New, Text(folder));
            Assert.Empty(Begun(folder));
        }
    }

    [Fact]
    public void AFaultThatStays_EndsWithALine_AndLeavesAWholeFile()
    {
        foreach (Fault fault in Faults.Of(Prepare, Replace).Where(fault => fault.Kind is FaultKind.Full or FaultKind.Broken))
        {
            using var folder = new TempFolder();
            Prepare(folder.Root);
            var disk = new FaultyDisk(fault, folder.Root);
            using (Disk.Use(disk))
            {
                string message = Assert.Throws<RunFailedException>(() => Replace(folder.Root)).Message;
                Assert.Contains("file.txt: cannot be written: ", message);
                Assert.Equal(fault.Kind == FaultKind.Full, message.Contains("free some space and start it again"));
                Assert.DoesNotContain('\n', message);
            }
            Assert.Equal(WriteFailure.Pauses, disk.Pauses);
            Assert.Contains(Text(folder), new[] { Old, New });
            Assert.True(fault.Kind == FaultKind.Broken || !Begun(folder).Any());
        }
    }

    [Fact]
    public void AProcessThatEndsAnywhere_LeavesAWholeFile_AndWhatItHadBegunIsRemoved()
    {
        foreach (Fault fault in Faults.Of(Prepare, Replace).Where(fault => fault.Kills && !fault.Cuts))
        {
            using var folder = new TempFolder();
            Prepare(folder.Root);
            Assert.Empty(Faults.Strike(fault, folder.Root, Replace).Pauses);
            Assert.Contains(Text(folder), new[] { Old, New });
            AtomicFile.DiscardBegun(folder.Root);
            Assert.Empty(Begun(folder));
            Assert.Equal(["file.txt"], Directory.GetFiles(folder["inner"]).Select(file => Path.GetFileName(file)));
        }
    }

    [Fact]
    public void APowerCutAnywhere_LeavesAWholeFile_AndTheNewOneOnceItWasWritten()
    {
        foreach (Fault fault in Faults.Of(Prepare, ReplaceAndGoOn).Where(fault => fault.Cuts))
        {
            using var folder = new TempFolder();
            Prepare(folder.Root);
            FaultyDisk disk = Faults.Strike(fault, folder.Root, ReplaceAndGoOn);
            bool isWritten = disk.Log[^1].Path.EndsWith("more", StringComparison.Ordinal);
            Assert.Contains(Text(folder), isWritten ? [New] : new[] { Old, New });
        }
    }

    [Fact]
    public void AFileInNewFolders_OutlastsAPowerCut_OnceItWasWritten()
    {
        foreach (FaultKind kind in new[] { FaultKind.CutToFlushed, FaultKind.CutToNames, FaultKind.CutToBytes })
        {
            using var folder = new TempFolder();
            string file = folder["a", "b", "c", "file.txt"];
            int operations = Faults.Strike(Fault.None, folder["a"], _ => AtomicFile.WriteText(file, New)).Log.Count;
            Directory.Delete(folder["a"], recursive: true);
            Faults.Strike(new Fault(kind, operations + 1), folder.Root, root =>
            {
                AtomicFile.WriteText(file, New);
                Disk.Current.CreateFolder(Path.Combine(root, "more"));
            });
            Assert.Equal(New, System.IO.File.ReadAllText(file));
        }
    }

    [FactOnUnix]
    public void WhatIsBehindALink_IsNotOurs()
    {
        using var other = new TempFolder();
        string begun = other.Write(".theirs.1.tmp", "x");
        Directory.CreateSymbolicLink(_folder["link"], other.Root);
        string ours = _folder.Write(".ours.1.tmp", "x");
        AtomicFile.DiscardBegun(_folder.Root);
        Assert.True(System.IO.File.Exists(begun));
        Assert.False(System.IO.File.Exists(ours));
    }

    private static void Nothing(string root)
    {
    }

    private static void Prepare(string root)
    {
        Directory.CreateDirectory(Path.Combine(root, "inner"));
        System.IO.File.WriteAllText(Path.Combine(root, "inner", "file.txt"), Old);
    }

    private static void Replace(string root) => AtomicFile.WriteText(Path.Combine(root, "inner", "file.txt"), New);

    private static void ReplaceAndGoOn(string root)
    {
        Replace(root);
        Disk.Current.CreateFolder(Path.Combine(root, "more"));
    }

    private static IEnumerable<string> Begun(TempFolder folder) =>
        Directory.GetFiles(folder.Root, AtomicFile.TemporaryPattern, SearchOption.AllDirectories);

    private static string Text(TempFolder folder) => System.IO.File.ReadAllText(folder["inner", "file.txt"]);

    private string Text() => Text(_folder);
}
