using Trainer.Data;
using Trainer.Failures;

namespace Trainer.Tests.Data;

public sealed class DataLocatorTests : IDisposable
{
    private readonly TempFolder _full = new();
    private readonly TempFolder _alsoFull = new();
    private readonly TempFolder _empty = new();

    public DataLocatorTests()
    {
        new SmallFashionMnist().WriteTo(_full);
        new SmallFashionMnist().WriteTo(_alsoFull);
    }

    public void Dispose()
    {
        _full.Dispose();
        _alsoFull.Dispose();
        _empty.Dispose();
    }

    [Fact]
    public void Locate_TakesTheOption_BeforeTheVariable_BeforeTheCache()
    {
        AssertLocates("Option", _full.Root, "--data names it", option: _full.Root, variable: _alsoFull.Root, cache: _alsoFull.Root);
        AssertLocates("Variable", _full.Root, "TRAINER_DATA names it", option: null, variable: _full.Root, cache: _alsoFull.Root);
        AssertLocates("Cache", _full.Root, "the user's cache has it", option: null, variable: null, cache: _full.Root);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Locate_TakesAnEmptyVariable_ForNone(string variable) =>
        AssertLocates("Cache", _full.Root, "the user's cache has it", option: null, variable, cache: _full.Root);

    [Fact]
    public void Locate_DownloadsIntoTheCache_WhenItLacksFiles_OrIsNotThere()
    {
        AssertLocates("Download", _empty.Root, "lacks 4 of 4 files", option: null, variable: null, cache: _empty.Root);
        AssertLocates("Download", _empty["none"], "lacks 4 of 4 files", option: null, variable: null, cache: _empty["none"]);
        File.Delete(_full["t10k-labels-idx1-ubyte.gz"]);
        AssertLocates("Download", _full.Root, "lacks 1 of 4 files", option: null, variable: null, cache: _full.Root);
    }

    [Fact]
    public void Locate_Refuses_RatherThanPassOver_AWrongPlaceThatIsNamed()
    {
        AssertRefuses($"--data {_empty.Root}: lacks train-images-idx3-ubyte, train-labels-idx1-ubyte, ", option: _empty.Root);
        AssertRefuses($"--data {_empty["none"]}: no such folder", option: _empty["none"]);
        AssertRefuses("--data: names no folder", option: "");
        string file = _full["train-images-idx3-ubyte.gz"];
        AssertRefuses($"--data {file}: is a file, not a folder", option: file);
        AssertRefuses($"TRAINER_DATA {_empty["none"]}: no such folder", variable: _empty["none"]);
        File.Delete(_alsoFull["t10k-labels-idx1-ubyte.gz"]);
        AssertRefuses($"TRAINER_DATA {_alsoFull.Root}: lacks t10k-labels-idx1-ubyte (", variable: _alsoFull.Root);
    }

    private void AssertRefuses(string beginning, string? option = null, string? variable = null)
    {
        var locator = new DataLocator(new DataSurroundings(variable, _full.Root));
        DataException failure = Assert.Throws<DataException>(() => locator.Locate(option));
        Assert.StartsWith(beginning, failure.Message);
        Assert.EndsWith("name the folder that holds the four Fashion-MNIST files, or leave it out", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
    }

    private static void AssertLocates(
        string place, string folder, string reason, string? option, string? variable, string cache)
    {
        DataLocation location = new DataLocator(new DataSurroundings(variable, cache)).Locate(option);
        Assert.Equal((place, folder), (location.Place.ToString(), location.Folder));
        Assert.Contains(reason, location.Reason);
    }
}
