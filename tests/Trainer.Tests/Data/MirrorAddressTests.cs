using Trainer.Data;
using Trainer.Failures;

namespace Trainer.Tests.Data;

public class MirrorAddressTests
{
    [Fact]
    public void NoAddress_LeavesTheMirrorsThereAre() => Assert.Null(MirrorAddress.Read([], allowHttp: true));

    [Theory]
    [InlineData("https://example.org/data")]
    [InlineData("https://example.org/data/")]
    public void AFolder_EndsInASlash(string text) =>
        Assert.Equal([new Uri("https://example.org/data/")], MirrorAddress.Read([text], allowHttp: false));

    [Fact]
    public void WithoutEncryption_ItIsTakenOnlyWhenSaid()
    {
        ConfigException failure = Assert.Throws<ConfigException>(() => MirrorAddress.Read(["http://example.org/"], allowHttp: false));
        Assert.Equal("--mirror http://example.org/: is not encrypted; take an https address, or add --allow-http", failure.Message);
        Assert.Equal([new Uri("http://example.org/")], MirrorAddress.Read(["http://example.org"], allowHttp: true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("example.org")]
    [InlineData("/data")]
    [InlineData("file:///data/")]
    [InlineData("ftp://example.org/")]
    [InlineData("https://example.org/?q=1")]
    public void AnythingElse_IsRefused(string text)
    {
        ConfigException failure = Assert.Throws<ConfigException>(() => MirrorAddress.Read([text], allowHttp: true));
        Assert.Equal($"--mirror {text}: is no address of a folder on the web, as https://example.org/data/", failure.Message);
    }
}
