using Trainer.Data;

namespace Trainer.Tests.Data;

public class UserCacheTests
{
    private static readonly string Root = Path.GetPathRoot(Path.GetTempPath())!;
    private static readonly string Home = Path.Combine(Root, "home", "ada");
    private static readonly string Xdg = Path.Combine(Root, "scratch", "cache");

    [Fact]
    public void OnUnix_TakesTheXdgFolder_BeforeTheHomeFolder()
    {
        Assert.Equal(Xdg, UserCache.OnUnix(Xdg, Home, macOS: false));
        Assert.Equal(Path.Combine(Home, ".cache"), UserCache.OnUnix(null, Home, macOS: false));
        Assert.Equal(Path.Combine(Home, "Library", "Caches"), UserCache.OnUnix(null, Home, macOS: true));
    }

    [Fact]
    public void OnUnix_IgnoresARelativeXdgFolder() =>
        Assert.Equal(Path.Combine(Home, ".cache"), UserCache.OnUnix("cache", Home, macOS: false));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void AllSystems_SurviveThereBeingNoHome(string? home)
    {
        Assert.Null(UserCache.OnUnix(null, home, macOS: false));
        Assert.Null(UserCache.OnUnix("", home, macOS: true));
        Assert.Null(UserCache.OnWindows(home));
    }

    [Fact]
    public void OfThisProcess_GivesAFullPath_EndingInOurOwnFolder()
    {
        string folder = DataSurroundings.OfThisProcess().CacheFolder;
        Assert.True(Path.IsPathFullyQualified(folder));
        Assert.EndsWith(Path.Combine("trainer", "fashion-mnist"), folder);
    }
}
