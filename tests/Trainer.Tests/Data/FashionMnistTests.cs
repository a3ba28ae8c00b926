using System.IO.Compression;
using Trainer.Data;
using Trainer.Failures;

namespace Trainer.Tests.Data;

public sealed class FashionMnistTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SmallFashionMnist _set = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_GivesImagesLabelsNamesAndHash()
    {
        _set.WriteTo(_folder);
        DataSet loaded = FashionMnist.Load(_folder.Root, _set.Files);
        Assert.Equal("fashion-mnist", loaded.Name);
        Assert.Equal(_set.Files.ContentSha256, loaded.Hash);
        Assert.Equal(_folder.Root, loaded.Origin);
        Assert.Equal((30, 5, 4), (loaded.Train.Count, loaded.Train.Rows, loaded.Train.Columns));
        Assert.Equal(20, loaded.Test.Count);
        Assert.Equal(_set.Contents(_set.Files.TrainImages)[16..], loaded.Train.Pixels);
        Assert.Equal(_set.Contents(_set.Files.TrainLabels)[8..], loaded.Train.Labels);
        Assert.Equal(_set.Contents(_set.Files.TestImages)[16..], loaded.Test.Pixels);
        Assert.Equal(_set.Contents(_set.Files.TestLabels)[8..], loaded.Test.Labels);
        Assert.Equal(10, loaded.ClassNames.Count);
        Assert.Equal(("T-shirt/top", "Ankle boot"), (loaded.ClassNames[0], loaded.ClassNames[9]));
    }

    [Fact]
    public void Load_TakesUnpackedAndRepackedFiles_AndTheUnpackedOneOfTwo()
    {
        FashionMnistFiles files = _set.Files;
        _folder.Write(files.TrainImages.Name, _set.Contents(files.TrainImages));
        _folder.Write(files.TrainImages.GzipName, [1, 2, 3]);
        _folder.Write(files.TrainLabels.GzipName, IdxBytes.Gzip(_set.Contents(files.TrainLabels), CompressionLevel.NoCompression));
        _folder.Write(files.TestImages.Name, _set.Gzip(files.TestImages));
        _folder.Write(files.TestLabels.GzipName, _set.Contents(files.TestLabels));
        Assert.Equal(files.ContentSha256, FashionMnist.Load(_folder.Root, files).Hash);
    }

    [Fact]
    public void Load_NamesTheFolder_WhenThereIsNone() =>
        AssertRefuses($"{_folder["none"]}: no such folder", _folder["none"]);

    [Fact]
    public void Load_NamesEveryMissingFile()
    {
        _set.WriteTo(_folder);
        File.Delete(_folder["train-labels-idx1-ubyte.gz"]);
        File.Delete(_folder["t10k-images-idx3-ubyte.gz"]);
        AssertRefuses($"{_folder.Root}: lacks train-labels-idx1-ubyte, t10k-images-idx3-ubyte (.gz or unpacked)");
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte")]
    [InlineData("train-labels-idx1-ubyte")]
    [InlineData("t10k-images-idx3-ubyte")]
    [InlineData("t10k-labels-idx1-ubyte")]
    public void Load_NamesTheFile_ThatIsAltered_Mnist_CutOff_OrCorrupt(string name)
    {
        FashionMnistFile file = _set.Files.All.Single(file => file.Name == name);
        string path = _folder[file.GzipName];
        _set.WriteTo(_folder);

        byte[] altered = IdxBytes.Flip(_set.Contents(file), 8 * 20);
        _folder.Write(file.GzipName, IdxBytes.Gzip(altered));
        AssertRefuses($"{path}: is altered, or never was Fashion-MNIST's");

        _folder.Write(file.GzipName, IdxBytes.Gzip(SmallFashionMnist.Digits(file)));
        AssertRefuses($"{path}: holds MNIST (hand-written digits)");

        _folder.Write(file.GzipName, _set.Gzip(file)[..^10]);
        AssertRefuses($"{path}: its gzip data is cut off");

        _folder.Write(file.GzipName, _set.Contents(file)[..^1]);
        AssertRefuses($"{path}: is cut off");

        _folder.Write(file.GzipName, IdxBytes.Flip(_set.Gzip(file), 8 * (_set.Gzip(file).Length - 6)));
        AssertRefuses($"{path}: its gzip data is corrupt");
    }

    [Fact]
    public void Load_SaysSo_WhenTrainingAndTestFilesAreSwapped()
    {
        _set.WriteTo(_folder);
        _folder.Write(_set.Files.TrainImages.GzipName, _set.Gzip(_set.Files.TestImages));
        _folder.Write(_set.Files.TestImages.GzipName, _set.Gzip(_set.Files.TrainImages));
        AssertRefuses($"{_folder["train-images-idx3-ubyte.gz"]}: holds what belongs in t10k-images-idx3-ubyte");
    }

    [Fact]
    public void Load_GivesBothCounts_WhenImagesAndLabelsDifferInNumber()
    {
        _set.WriteTo(_folder);
        _folder.Write(_set.Files.TestLabels.GzipName, IdxBytes.Gzip(IdxBytes.Labels(19)));
        AssertRefuses($"{_folder["t10k-images-idx3-ubyte.gz"]}: holds 20 images, but t10k-labels-idx1-ubyte.gz beside it 19 labels");
    }

    [Fact]
    public void Load_ReportsTheFirstFileInOrder_WhenSeveralAreWrong()
    {
        _set.WriteTo(_folder);
        foreach (FashionMnistFile file in _set.Files.All.Skip(1))
        {
            _folder.Write(file.GzipName, []);
        }
        for (int i = 0; i < 20; i++)
        {
            AssertRefuses($"{_folder["train-labels-idx1-ubyte.gz"]}: is empty");
        }
    }

    [Fact]
    public void Load_AcceptsTheOfficialFilesAndNothingElse()
    {
        _set.WriteTo(_folder);
        DataException failure = Assert.Throws<DataException>(() => FashionMnist.Load(_folder.Root));
        Assert.StartsWith($"{_folder["train-images-idx3-ubyte.gz"]}: is altered, or never was Fashion-MNIST's", failure.Message);
    }

    private void AssertRefuses(string beginning, string? folder = null)
    {
        string before = _folder.Snapshot();
        DataException failure = Assert.Throws<DataException>(() => FashionMnist.Load(folder ?? _folder.Root, _set.Files));
        Assert.StartsWith(beginning, failure.Message);
        Assert.Contains("; ", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Equal(ExitCode.Data, failure.ExitCode);
        Assert.Equal(before, _folder.Snapshot());
    }
}
