using System.Net;
using System.Net.Sockets;
using Trainer.Data;
using Trainer.Failures;

namespace Trainer.Tests.Data;

/// <summary>The download against mirrors that fail in every way we could think of, with the patience that ships and a clock that
/// only the test moves: what is said of time here is exact, and takes none.</summary>
public sealed class HostileMirrorTests : IDisposable
{
    private const string First = "train-images-idx3-ubyte.gz";

    // Never changed, and slow to make.
    private static readonly SmallFashionMnist Set = new(trainCount: 30_000);

    private readonly TempFolder _folder = new();
    private readonly List<LocalMirror> _mirrors = [];
    private readonly ManualClock _clock = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly DownloadPatience _patience;
    private TimeSpan _perPiece;

    public HostileMirrorTests() => _patience = new DownloadPatience { Clock = _clock, Pause = _clock.PauseAsync };

    public static TheoryData<string> Scenes => [.. HostileScene.All.Select(scene => scene.Name)];

    public void Dispose()
    {
        _mirrors.ForEach(mirror => mirror.Dispose());
        _folder.Dispose();
        _arrived.Dispose();
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public async Task Alone_ItIsGivenUpInBoundedTime_WithALineThatSaysWhy(string name)
    {
        HostileScene scene = Scene(name);
        LocalMirror mirror = Hostile(scene);
        DataException failure = await Assert.ThrowsAsync<DataException>(() => DownloadAsync(mirror));

        Assert.Equal(ExitCode.Data, failure.ExitCode);
        Assert.StartsWith($"{First}: cannot be downloaded ({mirror.Address.Authority}: ", failure.Message);
        Assert.Contains(scene.Line, failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Equal(scene.Asked ?? mirror.Requests.Count, mirror.Requests.Count);
        Assert.InRange(_clock.Elapsed, TimeSpan.Zero, _patience.Reach + _patience.LongestSilence(mirrors: 1));
        Assert.False(File.Exists(_folder[First]));
        AssertWhatIsLeftIsABeginning();
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public async Task BesideAGoodMirror_TheFilesComeFromThere(string name)
    {
        HostileScene scene = Scene(name);
        LocalMirror good = Mirror(request =>
        {
            _perPiece = TimeSpan.Zero;
            return MirrorReply.Asked(Bytes(request.File), request);
        });
        await DownloadAsync(Hostile(scene), good);
        AssertWhole();
    }

    [Fact]
    public async Task TimeIsBounded_WhereAMirrorSendsJustFastEnough()
    {
        // A kilobyte in nine seconds: 600 of them would take an hour and a half.
        DownloadPatience slow = _patience with { LeastBytes = 1 << 10 };
        _perPiece = TimeSpan.FromSeconds(9);
        LocalMirror mirror = Mirror(request => MirrorReply.Asked(Bytes(request.File), request) with
        {
            Piece = 1 << 10,
            Pace = () => _arrived.WaitAsync(),
        });
        var downloader = new Downloader([mirror.Address], Set.Files, slow);
        DataException failure = await Assert.ThrowsAsync<DataException>(
            () => downloader.DownloadAsync(_folder.Root, Passing()));
        Assert.Contains("; not all here after 30 minutes, what has arrived is kept); name a folder", failure.Message);
        Assert.InRange(_clock.Elapsed, slow.Whole, slow.Whole + TimeSpan.FromSeconds(9));
        Assert.InRange(new FileInfo(_folder[First + ".part"]).Length, 100_000, Bytes(First).Length - 1);
        AssertWhatIsLeftIsABeginning();
    }

    [Fact]
    public async Task AMirrorThatBreaksOffAgainAndAgain_IsAskedOn_AsLongAsItBringsTheFileFurther()
    {
        LocalMirror mirror = Mirror(request => MirrorReply.Asked(Bytes(request.File), request) is var reply
            ? reply with { SendOnly = Math.Min(reply.Body.Length, 50_000) }
            : null);
        await new Downloader([mirror.Address], Set.Files, _patience).DownloadAsync(_folder.Root);
        AssertWhole();
        Assert.Equal((Bytes(First).Length + 49_999) / 50_000, mirror.Requests.Count(request => request.File == First));
    }

    [Fact]
    public async Task PausesDouble()
    {
        LocalMirror busy = Mirror(_ => MirrorReply.Error("503 Service Unavailable"));
        await Assert.ThrowsAsync<DataException>(() => new Downloader([busy.Address], Set.Files, _patience).DownloadAsync(_folder.Root));
        Assert.Equal([0.5, 1.0, 2.0], _clock.Pauses.Select(pause => pause.TotalSeconds));
    }

    [Theory]
    [InlineData("Retry-After: 2")]
    [InlineData("Retry-After: Sun, 06 Nov 1994 08:49:39 GMT")]
    public async Task AMirrorThatAsksForARest_GetsIt(string header)
    {
        int asked = 0;
        LocalMirror busy = Mirror(request => asked++ == 0
            ? MirrorReply.Error("503 Service Unavailable") with { Headers = ["Date: Sun, 06 Nov 1994 08:49:37 GMT", header] }
            : MirrorReply.Whole(Bytes(request.File)));
        await new Downloader([busy.Address], Set.Files, _patience).DownloadAsync(_folder.Root);
        AssertWhole();
        Assert.Equal([TimeSpan.FromSeconds(2)], _clock.Pauses);
    }

    [Fact]
    public async Task SomebodyWhoAskedForTheDownload_WaitsLonger()
    {
        int asked = 0;
        LocalMirror busy = Mirror(request => asked++ == 0
            ? MirrorReply.Error("429 Too Many Requests") with { Headers = ["Retry-After: 60"] }
            : MirrorReply.Whole(Bytes(request.File)));
        await new Downloader([busy.Address], Set.Files, _patience).Asked().DownloadAsync(_folder.Root);
        AssertWhole();
        Assert.Equal([TimeSpan.FromSeconds(60)], _clock.Pauses);
    }

    [Fact]
    public async Task ABadBeginning_IsThrownAway_WhoeverLeftIt()
    {
        _folder.Write(First + ".part", new byte[Bytes(First).Length - 1000]);
        LocalMirror good = Mirror(request => MirrorReply.Asked(Bytes(request.File), request));
        await new Downloader([good.Address], Set.Files, _patience).DownloadAsync(_folder.Root);
        AssertWhole();
        Assert.Equal(
            [new MirrorRequest(First, Bytes(First).Length - 1000), new MirrorRequest(First, null)], good.Requests.Take(2));
    }

    [FactOnUnix]
    public async Task ALinkInTheBeginningsPlace_IsNotWrittenThrough()
    {
        using var elsewhere = new TempFolder();
        string precious = elsewhere.Write("precious", "somebody's own"u8.ToArray());
        File.CreateSymbolicLink(_folder[First + ".part"], precious);
        LocalMirror good = Mirror(request => MirrorReply.Asked(Bytes(request.File), request));
        await new Downloader([good.Address], Set.Files, _patience).DownloadAsync(_folder.Root);
        AssertWhole();
        Assert.Equal("somebody's own", File.ReadAllText(precious));
    }

    [Fact]
    public async Task AnEncryptedConnection_IsNeverLeftForOneThatIsNot()
    {
        var asked = new List<Uri>();
        var downloader = new Downloader([new Uri("https://mirror.invalid/data/")], Set.Files, _patience, () => new Stub(request =>
        {
            asked.Add(request.RequestUri!);
            return new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri("http://mirror.invalid/x") } };
        }));
        DataException failure = await Assert.ThrowsAsync<DataException>(() => downloader.DownloadAsync(_folder.Root));
        Assert.Contains("(mirror.invalid: redirects to http://mirror.invalid, which is not https)", failure.Message);
        Assert.Equal([new Uri($"https://mirror.invalid/data/{First}")], asked);
    }

    [Fact]
    public async Task ARedirectionToAnotherEncryptedPlace_IsFollowed()
    {
        var downloader = new Downloader([new Uri("https://mirror.invalid/data/")], Set.Files, _patience, () => new Stub(request =>
            request.RequestUri!.Host == "mirror.invalid"
                ? new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri($"https://other.invalid{request.RequestUri.AbsolutePath}") } }
                : new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Bytes(request.RequestUri.Segments[^1])) }));
        await downloader.DownloadAsync(_folder.Root);
        AssertWhole();
    }

    [Fact]
    public async Task ANameThatIsNotKnown_IsSaid()
    {
        var downloader = new Downloader([new Uri("https://mirror.invalid/data/")], Set.Files, _patience, () => new Stub(_ =>
            throw new HttpRequestException(HttpRequestError.NameResolutionError, "Name or service not known (mirror.invalid:443)")));
        DataException failure = await Assert.ThrowsAsync<DataException>(() => downloader.DownloadAsync(_folder.Root));
        Assert.Contains("(mirror.invalid: its name is not known here (Name or service not known", failure.Message);
        Assert.Equal([_patience.FirstPause], _clock.Pauses);
    }

    [Fact]
    public async Task AMirrorThatClosesDuringTheHandshake_IsSaid()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = HangUpAsync(listener);
        var downloader = new Downloader([new Uri($"https://{listener.LocalEndpoint}/")], Set.Files, _patience);
        DataException failure = await Assert.ThrowsAsync<DataException>(() => downloader.DownloadAsync(_folder.Root));
        Assert.Contains($"({listener.LocalEndpoint}: no encrypted connection (", failure.Message);
        Assert.Empty(_folder.Names.Except(["download.lock"]));
        listener.Stop();
        await Assert.ThrowsAnyAsync<SocketException>(() => serving);
    }

    private static async Task HangUpAsync(TcpListener listener)
    {
        while (true)
        {
            using TcpClient client = await listener.AcceptTcpClientAsync();
            await client.GetStream().ReadExactlyAsync(new byte[5]);
        }
    }

    private async Task DownloadAsync(params LocalMirror[] mirrors) =>
        await new Downloader([.. mirrors.Select(mirror => mirror.Address)], Set.Files, _patience)
            .DownloadAsync(_folder.Root, Passing());

    private Callback Passing() => new(_ =>
    {
        _arrived.Release();
        _clock.Advance(_perPiece);
    });

    private static HostileScene Scene(string name) => HostileScene.All.Single(scene => scene.Name == name);

    private LocalMirror Hostile(HostileScene scene) => Mirror(request =>
    {
        _perPiece = scene.PerPiece;
        return scene.Reply(new HostileScene.Stage(request, Bytes(request.File), _clock, _arrived));
    });

    private LocalMirror Mirror(Func<MirrorRequest, MirrorReply?> answer)
    {
        var mirror = new LocalMirror(answer);
        _mirrors.Add(mirror);
        return mirror;
    }

    private byte[] Bytes(string gzipName) => Set.Gzip(Set.Files.All.Single(file => file.GzipName == gzipName));

    private void AssertWhole()
    {
        Assert.Equal(Set.Files.All.Select(file => file.GzipName).Order(StringComparer.Ordinal), _folder.Names);
        Assert.All(Set.Files.All, file => Assert.Equal(file.GzipSha256, IdxBytes.Sha256(File.ReadAllBytes(_folder[file.GzipName]))));
    }

    /// <summary>What is kept is worth going on from: no byte of it is wrong.</summary>
    private void AssertWhatIsLeftIsABeginning()
    {
        Assert.Empty(_folder.Names.Except(["download.lock", First + ".part"]));
        if (File.Exists(_folder[First + ".part"]))
        {
            Assert.True(Bytes(First).AsSpan().StartsWith(File.ReadAllBytes(_folder[First + ".part"])));
        }
    }

    private sealed class Callback(Action<DownloadProgress> then) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => then(value);
    }

    private sealed class Stub(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = answer(request);
            response.Content ??= new ByteArrayContent([]);
            return Task.FromResult(response);
        }
    }
}
