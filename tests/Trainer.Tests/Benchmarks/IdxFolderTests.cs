using Trainer.Benchmarks.Contestants;
using Trainer.Data;

namespace Trainer.Tests.Benchmarks;

public class IdxFolderTests
{
    [Fact]
    public void ImagesWritten_AreReadBackTheSame()
    {
        using var folder = new TempFolder();
        DataSet written = EmbeddedGarments.Draw(20, 10);
        IdxFolder.Write(folder.Root, written);
        DataSet read = IdxFolder.Read(folder.Root);
        Assert.Equal(written.Hash, IdxHash.Of(read.Train, read.Test));
    }
}
