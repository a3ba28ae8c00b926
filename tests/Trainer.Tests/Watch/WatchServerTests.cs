using System.Net;
using System.Net.Sockets;
using Trainer.Tests.Catalogs;
using Trainer.Tests.Commands;
using Trainer.Watch;
using static Trainer.Tests.Watch.WatchClient;

namespace Trainer.Tests.Watch;

/// <summary>The server behind <c>trainer watch</c>, spoken to over HTTP: who may ask, and for what.</summary>
public class WatchServerTests
{
    [Theory]
    [InlineData("/", "text/html; charset=utf-8", "<!doctype html>")]
    [InlineData("/watch.js", "text/javascript; charset=utf-8", "/api/runs")]
    [InlineData("/watch-curves.js", "text/javascript; charset=utf-8", "/api/curves")]
    [InlineData("/watch.css", "text/css; charset=utf-8", ".runs")]
    [InlineData("/charts.js", "text/javascript; charset=utf-8", "TrainerCharts")]
    [InlineData("/report.js", "text/javascript; charset=utf-8", "theme")]
    [InlineData("/page.css", "text/css; charset=utf-8", ".chart")]
    [InlineData("/uPlot.iife.min.js", "text/javascript; charset=utf-8", "uPlot")]
    [InlineData("/uPlot.min.css", "text/css; charset=utf-8", ".uplot")]
    [InlineData("/api/runs", "application/json; charset=utf-8", "\"runs\":[]")]
    public async Task Get_AnswersWithWhatItIs_AndNothingMayBeKeptOrFramedOrReadElsewhere(string path, string type, string part)
    {
        await using WatchServer server = await Start("nowhere");
        using HttpResponseMessage response = await Http.GetAsync(new Uri(server.Address, path));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.ToString());
        Assert.Contains(part, await response.Content.ReadAsStringAsync());
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("no-store", Header(response, "Cache-Control"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Resource-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", Header(response, "Content-Security-Policy"));
        Assert.Contains("frame-ancestors 'none'", Header(response, "Content-Security-Policy"));
        Assert.DoesNotContain("unsafe", Header(response, "Content-Security-Policy"));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Page_HasNoScriptOrStyleOfItsOwn_SoThatThePolicyHolds()
    {
        await using WatchServer server = await Start("nowhere");
        string page = await Http.GetStringAsync(server.Address);
        Assert.DoesNotContain("<style", page);
        Assert.DoesNotContain(" style=", page);
        Assert.DoesNotContain("<script>", page);
        Assert.DoesNotMatch(" on[a-z]+=", page);
        foreach (System.Text.RegularExpressions.Match asset in System.Text.RegularExpressions.Regex.Matches(page, "(?:src|href)=\"(/[^\"]*)\""))
        {
            using HttpResponseMessage response = await Http.GetAsync(new Uri(server.Address, asset.Groups[1].Value));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    public async Task Verb_ThatCouldChangeSomething_Gets405(string verb)
    {
        await using WatchServer server = await Start("nowhere");
        using var request = new HttpRequestMessage(new HttpMethod(verb), new Uri(server.Address, "/api/runs"));
        using HttpResponseMessage response = await Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "HEAD"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Head_IsGetWithoutTheBody()
    {
        await using WatchServer server = await Start("nowhere");
        using HttpResponseMessage response = await Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, server.Address));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Content.Headers.ContentLength > 0);
    }

    [Theory]
    [InlineData("evil.example", 421)]
    [InlineData("evil.example:PORT", 421)]
    [InlineData("127.0.0.1", 421)]
    [InlineData("127.0.0.1:1", 421)]
    [InlineData("localhost.evil.example:PORT", 421)]
    [InlineData("127.0.0.1.evil.example:PORT", 421)]
    [InlineData("[::1]:PORT", 421)]
    [InlineData("0.0.0.0:PORT", 421)]
    [InlineData("127.0.0.1:PORT", 200)]
    [InlineData("localhost:PORT", 200)]
    [InlineData("LOCALHOST:PORT", 200)]
    public async Task Host_MustBeThisServer(string host, int status)
    {
        await using WatchServer server = await Start("nowhere");
        string reply = await Raw(server, $"GET /api/runs HTTP/1.1\r\nHost: {host.Replace("PORT", $"{server.Address.Port}")}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", reply);
        Assert.Equal(status == 200, reply.Contains("\"runs\""));
    }

    [Theory]
    [InlineData("Origin", "http://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "https://127.0.0.1:PORT", 403)]
    [InlineData("Origin", "http://127.0.0.1:1", 403)]
    [InlineData("Origin", "http://127.0.0.1:PORT", 200)]
    [InlineData("Origin", "http://localhost:PORT", 200)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("Sec-Fetch-Site", "none", 200)]
    public async Task AnotherSite_GetsNothing(string header, string value, int status)
    {
        await using WatchServer server = await Start("nowhere");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/api/runs"));
        request.Headers.TryAddWithoutValidation(header, value.Replace("PORT", $"{server.Address.Port}"));
        using HttpResponseMessage response = await Http.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 200, (await response.Content.ReadAsStringAsync()).Length > 0);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("/../secret.txt")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/..%2fsecret.txt")]
    [InlineData("//secret.txt")]
    [InlineData("/results/relu")]
    [InlineData("/watch.js/")]
    [InlineData("/api/curves")]
    [InlineData("/api/curves?run=")]
    [InlineData("/api/curves?run=..")]
    [InlineData("/api/curves?run=../outside")]
    [InlineData("/api/curves?run=..%2foutside")]
    [InlineData("/api/curves?run=relu/../../outside")]
    [InlineData("/api/curves?run=ID&run=ID")]
    [InlineData("/api/curves?run=./ID")]
    [InlineData("/api/curves?run=ROOT/ID")]
    [InlineData("/api/curves?run=ID%00")]
    public async Task Address_ThatIsNoneOfOurs_Gets404_WhateverLiesThere(string address)
    {
        using var runs = new WrittenRuns();
        string id = Id(runs, runs.Write(WrittenRuns.Sample()));
        File.WriteAllText(runs.In("secret.txt"), "secret");
        Directory.Move(runs.Write(WrittenRuns.Sample("other")).Path, Directory.CreateDirectory(runs.In("away")).FullName + "/outside");
        await using WatchServer server = await Start(runs.Root);
        await ListedRuns(server);
        string path = address.Replace("ROOT", runs.Root).Replace("ID", id);
        string reply = await Raw(server, $"GET {path} HTTP/1.1\r\nHost: {server.Address.Authority}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 404 ", reply);
        Assert.DoesNotContain("secret\n", reply);
    }

    [Fact]
    public async Task Port_ThatIsTaken_IsOneLine()
    {
        await using WatchServer server = await Start("nowhere");
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.RunAsync("watch", trial.Results, "--port", $"{server.Address.Port}");
        Assert.Equal(1, outcome.Status);
        Assert.Equal($"trainer: --port {server.Address.Port}: is taken; choose another, or 0 for any that is free", outcome.OneErrorLine());
    }

    [Theory]
    [InlineData("--port", "65536", "--port must be 0 to 65535, not 65536")]
    [InlineData("--port", "http", "--port: 'http' is not a whole number that fits")]
    public async Task Port_ThatIsNone_IsRefused(string option, string value, string part)
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.RunAsync("watch", option, value);
        Assert.Equal(2, outcome.Status);
        Assert.Contains(part, outcome.OneErrorLine());
    }

    [Fact]
    public async Task Root_ThatIsAFile_IsRefused()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.RunAsync("watch", trial.SmallConfig(), "--port", "0");
        Assert.Equal(2, outcome.Status);
        Assert.EndsWith("is a file; give the folder of the runs", outcome.OneErrorLine());
    }

    [Theory]
    [InlineData("/", "is a whole disk; name the folder on it that holds the runs")]
    [InlineData("", "watch: an empty name is no folder")]
    public async Task Root_ThatNobodyMeans_IsRefused(string root, string part)
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.RunAsync("watch", root, "--port", "0");
        Assert.Equal(2, outcome.Status);
        Assert.Contains(part, outcome.OneErrorLine());
    }

    [Fact]
    public async Task Server_ListensOnThisMachineAlone_WhateverTheEnvironmentSays()
    {
        await using WatchServer server = await Start("nowhere");
        Assert.Equal("127.0.0.1", server.Address.Host);
        IPEndPoint[] listeners = [.. System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties()
            .GetActiveTcpListeners().Where(end => end.Port == server.Address.Port)];
        Assert.Equal([IPAddress.Loopback], listeners.Select(end => end.Address));
    }

    [Fact]
    public async Task Stop_IsPossibleWhileSomebodyIsConnected()
    {
        WatchServer server = await Start("nowhere");
        using var idle = new TcpClient();
        await idle.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await server.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => Http.GetAsync(server.Address));
    }
}
