using Trainer.Results;
using Trainer.Storage;

namespace Trainer.Tests.Storage;

public sealed class DiskTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AReplacedDisk_IsSeenByWhatIsStartedUnderIt_AndByNobodyElse()
    {
        IDisk usual = Disk.Current;
        var faulty = new FaultyDisk(Fault.None, _folder.Root);
        using (Disk.Use(faulty))
        {
            Assert.Same(faulty, Disk.Current);
            Assert.Same(faulty, await Task.Run(() => Disk.Current));
            var inner = new FaultyDisk(Fault.None, _folder.Root);
            using (Disk.Use(inner))
            {
                Assert.Same(inner, Disk.Current);
            }
            Assert.Same(faulty, Disk.Current);
        }
        Assert.Same(usual, Disk.Current);
        Assert.IsType<LocalDisk>(usual);
    }

    [Fact]
    public void AFolder_CanBeFlushed_AndOneThatIsNotThereCannot()
    {
        var disk = new LocalDisk();
        disk.FlushFolder(_folder.Root);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Contains("gone", Assert.Throws<IOException>(() => disk.FlushFolder(_folder["gone"])).Message);
        }
    }

    [FactOnUnix]
    public void RemovingAFolder_RemovesALinkInIt_AndNothingBehindIt()
    {
        using var other = new TempFolder();
        string theirs = other.Write("theirs.txt", "x");
        Directory.CreateDirectory(_folder["ours", "inner"]);
        File.WriteAllText(_folder["ours", "inner", "file"], "x");
        Directory.CreateSymbolicLink(_folder["ours", "link"], other.Root);
        File.CreateSymbolicLink(_folder["ours", "file link"], theirs);
        DiskFolder.Remove(_folder["ours"]);
        Assert.False(Directory.Exists(_folder["ours"]));
        Assert.True(File.Exists(theirs));
    }

    [Fact]
    public void ClearingARunFolder_SurvivesAFaultThatPasses_AndAPowerCutAfterItBringsNothingBack()
    {
        void Clear(string root) => new RunFolder(Path.Combine(root, "relu", "1-s1")).Clear();
        foreach (Fault fault in Faults.Of(Fill, Clear).Where(fault => fault.Passes))
        {
            using var folder = new TempFolder();
            Fill(folder.Root);
            Assert.Equal([WriteFailure.Pauses[0]], Faults.Strike(fault, folder.Root, Clear).Pauses);
            Assert.Empty(Directory.GetFiles(folder.Root, "*", SearchOption.AllDirectories));
        }
        Fill(_folder.Root);
        int operations = Faults.Of(Fill, Clear).Max(fault => fault.At);
        Faults.Strike(new Fault(FaultKind.CutToFlushed, operations + 1), _folder.Root, root =>
        {
            Clear(root);
            Disk.Current.CreateFolder(Path.Combine(root, "more"));
        });
        Assert.Empty(Directory.GetFiles(_folder.Root, "*", SearchOption.AllDirectories));
    }

    private static void Fill(string root)
    {
        var run = new RunFolder(Path.Combine(root, "relu", "1-s1"));
        string[] files = [run.Summary, run.Metrics, run.LastWeights, run.Diagnostics.Layers, run.TensorBoard.Events, Path.Combine(run.Path, ".status.json.1.tmp")];
        foreach (string file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "x");
        }
    }
}
