using Trainer.Failures;
using Trainer.TensorBoard;

namespace Trainer.Tests.TensorBoard;

public class EventFileTests
{
    [Fact]
    public void EveryRecord_IsInTheFile_WhenItWasAdded()
    {
        using var folder = new TempFolder();
        var file = new EventFile(folder["tensorboard", "events"]);
        for (int step = 0; step < 4; step++)
        {
            Add(file, step);
            Assert.Equal(Enumerable.Range(0, step + 1).Select(k => (long)k), Steps(folder["tensorboard", "events"]));
        }
    }

    [Fact]
    public void FileThatIsGoneOrChanged_IsWrittenAnew()
    {
        using var folder = new TempFolder();
        string path = folder["tensorboard", "events"];
        var file = new EventFile(path);
        Add(file, 0);
        Directory.Delete(folder["tensorboard"], recursive: true);
        Add(file, 1);
        Assert.Equal([0, 1], Steps(path));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
        Add(file, 2);
        Assert.Equal([0, 1, 2], Steps(path));
        File.AppendAllText(path, "more");
        Add(file, 3);
        Assert.Equal([0, 1, 2, 3], Steps(path));
    }

    [Fact]
    public void FileThatAnotherReads_Grows()
    {
        using var folder = new TempFolder();
        var file = new EventFile(folder["events"]);
        Add(file, 0);
        using var reader = new FileStream(folder["events"], FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Add(file, 1);
        byte[] seen = new byte[reader.Length];
        reader.ReadExactly(seen);
        Assert.Equal(2, EventReader.Read(seen).Count);
    }

    [Fact]
    public void FolderWhereAFileStands_EndsWithALine()
    {
        using var folder = new TempFolder();
        folder.Write("tensorboard", "a file");
        var failure = Assert.Throws<RunFailedException>(() => Add(new EventFile(folder["tensorboard", "events"]), 0));
        Assert.Contains("cannot be written", failure.Message);
    }

    private static void Add(EventFile file, int step) =>
        file.Add(EventMessage.Scalars(DateTimeOffset.UnixEpoch, step, [new ScalarValue("LR", step)]));

    private static IEnumerable<long> Steps(string path) => EventReader.Read(File.ReadAllBytes(path)).Select(read => read.Step);
}
