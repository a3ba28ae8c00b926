using Trainer.Failures;

namespace Trainer.Tests.Failures;

public sealed class FolderFaultTests : IDisposable
{
    private static readonly IOException System = new("what the system says");
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AFileInTheWay_IsNamed()
    {
        string file = _folder.Write("file", "x");
        Assert.Equal($"{file} is no folder", FolderFault.Words(file, System));
        Assert.Equal($"{file} is no folder", FolderFault.Words(Path.Combine(file, "below", "it"), System));
    }

    [FactOnUnix]
    public void ALinkToNowhere_IsNamed()
    {
        File.CreateSymbolicLink(_folder["link"], "nowhere");
        Assert.Equal($"{_folder["link"]} is a link to nowhere, which is not there", FolderFault.Words(_folder["link", "below"], System));
    }

    [Fact]
    public void WhereNothingIsInTheWay_TheSystemHasTheWord() =>
        Assert.Equal("what the system says", FolderFault.Words(_folder["new", "folder"], System));
}
