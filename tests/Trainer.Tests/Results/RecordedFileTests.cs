using Trainer.Failures;
using Trainer.Results;
using Trainer.TensorBoard;

namespace Trainer.Tests.Results;

/// <summary>Files of a run that somebody else may have made: nothing is allocated for what such a file cannot have.</summary>
public class RecordedFileTests
{
    private const long Terabyte = 1L << 40;

    [Fact]
    public void FileThatIsTooLong_IsRefused_BeforeAnythingIsAllocated()
    {
        using var folder = new TempFolder();
        string path = Sparse(folder, "a", 1001);
        Assert.Equal(1001, RecordedFile.ReadBytes(path, 1001).Length);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("it has 1001 bytes, and at most 1000 are read", Assert.Throws<IOException>(() => RecordedFile.ReadText(path, 1000)).Message);
        Assert.Throws<IOException>(() => RecordedFile.ReadBytes(Sparse(folder, "b", Terabyte), RecordedFile.LongestTable));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 16);
    }

    [Fact]
    public void FilesOfARun_OfATerabyte_AreRefusedInOneLine_OrAreAsIfTheyWereNotThere()
    {
        using var folder = new TempFolder();
        var run = new RunFolder(folder.Root);
        foreach (string file in (string[])[run.Status, run.Summary, run.Manifest, run.Metrics])
        {
            Sparse(folder, Path.GetFileName(file), Terabyte);
        }
        Assert.Null(RunStatus.TryRead(run));
        Assert.Null(RunSummary.TryRead(run));
        Assert.Null(RecordedManifest.TryRead(run));
        Assert.EndsWith("cannot be read: it has 1099511627776 bytes, and at most 268435456 are read",
            Assert.Throws<RunFailedException>(() => MetricsFile.Read(run.Metrics)).Message);
        Assert.EndsWith("and at most 268435456 are read", Assert.Throws<RunFailedException>(() => CsvFile.ReadLast<MetricsRow>(run.Metrics)).Message);
        Assert.EndsWith("and at most 268435456 are read", Assert.Throws<RunFailedException>(() => new EventFile(run.Metrics).GoOn(1)).Message);
    }

    [FactOnUnix]
    public void EndlessDevice_IsAnEmptyFile()
    {
        using var folder = new TempFolder();
        var run = new RunFolder(folder.Root);
        File.CreateSymbolicLink(run.Status, "/dev/zero");
        Assert.Null(RunStatus.TryRead(run));
    }

    [Fact]
    public void ProblemOfATable_QuotesWhatIsInIt_InOneShortLine()
    {
        using var folder = new TempFolder();
        CsvFile.Write<MetricsRow>(folder["metrics.csv"], []);
        foreach (string number in (string[])["0.\u001b[31m5", "0." + new string('x', 100_000)])
        {
            File.AppendAllText(folder["metrics.csv"], $"0,0,{number},,,,,,,,,\n");
            string message = Assert.Throws<RunFailedException>(() => CsvFile.Read<MetricsRow>(folder["metrics.csv"])).Message;
            Assert.StartsWith(folder["metrics.csv"] + "(2): ", message);
            Assert.DoesNotContain(message, char.IsControl);
            Assert.InRange(message.Length, 10, 600);
        }
    }

    [Theory]
    [InlineData(10, 7, 1.5, 0.5, true)]
    [InlineData(101, 7, 1.5, 0.5, false)]
    [InlineData(10, -1, 1.5, 0.5, false)]
    [InlineData(10, 101, 1.5, 0.5, false)]
    [InlineData(10, 7, double.NaN, 0.5, false)]
    [InlineData(10, 7, 1.5, double.NaN, false)]
    [InlineData(10, 7, 1.5, 1e300, false)]
    [InlineData(10, 7, 1.5, -1, false)]
    public void Checkpoint_OfARunOf100Rows_IsNotTaken_WhereItsNumbersCannotBe(int step, int correct, double lossSum, double seconds, bool isPossible)
    {
        var file = new CheckpointFile
        {
            Format = CheckpointFile.Version,
            Experiment = "",
            DataHash = "",
            Epoch = 3,
            Step = step,
            LossSum = lossSum,
            Correct = correct,
            TrainingSeconds = seconds,
            Seconds = 1,
            ArraysHash = "",
        };
        Assert.Equal(isPossible, file.IsPossible(100));
    }

    /// <summary>A file of any length, which takes no room on the disk.</summary>
    private static string Sparse(TempFolder folder, string name, long length)
    {
        using FileStream file = File.Create(folder[name]);
        file.SetLength(length);
        return folder[name];
    }
}
