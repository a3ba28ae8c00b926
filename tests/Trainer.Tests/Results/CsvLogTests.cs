using Trainer.Failures;
using Trainer.Results;

namespace Trainer.Tests.Results;

public sealed class CsvLogTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Path => _folder["rows.csv"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Add_LeavesAtEveryRow_TheBytesThatWritingAllRowsAtOnceWouldLeave()
    {
        var log = new CsvLog<StepRow>(Path, lasting: false);
        for (int step = 1; step <= 30; step++)
        {
            log.Add(Row(step));
            CsvFile.Write(_folder["whole.csv"], Enumerable.Range(1, step).Select(Row));
            Assert.Equal(File.ReadAllBytes(_folder["whole.csv"]), File.ReadAllBytes(Path));
        }
        Assert.Equal(Enumerable.Range(1, 30).Select(Row), log.Rows);
        Assert.Equal(["rows.csv", "whole.csv"], _folder.Names);
    }

    [Fact]
    public void Add_LetsTheFileGrow_AndDoesNotReplaceIt()
    {
        var log = new CsvLog<StepRow>(Path, lasting: false);
        log.Add(Row(1));
        using var reader = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        long before = reader.Length;
        log.Add(Row(2));
        // Another file in its place would leave this one as it was, and cost all rows at each row.
        Assert.True(reader.Length > before);
        Assert.Equal(reader.Length, new FileInfo(Path).Length);
    }

    [Theory]
    [InlineData("removed")]
    [InlineData("cut off")]
    [InlineData("appended to")]
    public void Add_WritesAllRowsAnew_WhereTheFileIsNotWhatWasWritten(string what)
    {
        var log = new CsvLog<StepRow>(Path, lasting: true);
        log.Add(Row(1));
        log.Add(Row(2));
        byte[] bytes = File.ReadAllBytes(Path);
        File.Delete(Path);
        if (what != "removed")
        {
            File.WriteAllBytes(Path, what == "cut off" ? bytes[..^3] : [.. bytes, .. "9,9\n"u8]);
        }
        log.Add(Row(3));
        log.Add(Row(4));
        Assert.Equal(Enumerable.Range(1, 4).Select(Row), CsvFile.Read<StepRow>(Path));
    }

    [Fact]
    public void Read_LeavesOutARowThatWasCutOff_AndTakesAllBeforeIt()
    {
        CsvFile.Write(Path, Enumerable.Range(1, 3).Select(Row));
        byte[] bytes = File.ReadAllBytes(Path);
        int header = Array.IndexOf(bytes, (byte)'\n') + 1;
        for (int length = header; length <= bytes.Length; length++)
        {
            File.WriteAllBytes(Path, bytes[..length]);
            int whole = bytes[header..length].Count(b => b == '\n');
            Assert.Equal(Enumerable.Range(1, whole).Select(Row), CsvFile.Read<StepRow>(Path));
        }
        for (int length = 0; length < header; length++)
        {
            File.WriteAllBytes(Path, bytes[..length]);
            Assert.Throws<RunFailedException>(() => CsvFile.Read<StepRow>(Path));
        }
    }

    [Fact]
    public void Add_SaysSoInOneLine_WhenTheFileCannotBeWritten()
    {
        var log = new CsvLog<StepRow>(_folder["none/rows.csv"], lasting: true);
        File.WriteAllText(_folder["none"], "in the way");
        RunFailedException failure = Assert.Throws<RunFailedException>(() => log.Add(Row(1)));
        Assert.StartsWith($"{_folder["none/rows.csv"]}: cannot be written: ", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
    }

    private static StepRow Row(int step) => new() { Step = step, Loss = 1.0 / step };
}
