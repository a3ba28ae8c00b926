using System.Collections.Concurrent;
using System.Diagnostics;
using Trainer.Data;
using Trainer.Failures;

namespace Trainer.Tests.Data;

public sealed class DownloaderTests : IDisposable
{
    private const string First = "train-images-idx3-ubyte.gz";

    private static readonly DownloadPatience Quick = new()
    {
        Answer = TimeSpan.FromSeconds(3),
        Stall = TimeSpan.FromSeconds(0.4),
        Reach = TimeSpan.FromSeconds(5),
        FirstPause = TimeSpan.FromMilliseconds(5),
        Rounds = 3,
    };

    // 600 kB, so that half a file crosses the network in several pieces.
    private readonly SmallFashionMnist _set = new(trainCount: 30_000);
    private readonly TempFolder _folder = new();
    private readonly List<LocalMirror> _mirrors = [];

    public void Dispose()
    {
        _mirrors.ForEach(mirror => mirror.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public async Task Download_PutsFourWholeFilesIntoANewFolder_AndNothingElse_AndAsksNobodyTheSecondTime()
    {
        LocalMirror mirror = Good();
        string folder = _folder["cache/fashion-mnist"];
        var progress = new Reports();
        IReadOnlyList<string> fetched = await To(mirror).DownloadAsync(folder, progress);

        Assert.Equal(_set.Files.All.Select(file => file.GzipName), fetched);
        Assert.Equal(4, Directory.GetFileSystemEntries(folder).Length);
        Assert.Equal(_set.Files.ContentSha256, FashionMnist.Load(folder, _set.Files).Hash);
        foreach (FashionMnistFile file in _set.Files.All)
        {
            DownloadProgress[] reports = [.. progress.All.Where(report => report.File == file.GzipName)];
            Assert.Equal(new DownloadProgress(file.GzipName, 0, file.GzipLength), reports[0]);
            Assert.Equal(new DownloadProgress(file.GzipName, file.GzipLength, file.GzipLength), reports[^1]);
        }

        Assert.Empty(await To(mirror).DownloadAsync(folder));
        Assert.Equal(4, mirror.Requests.Count);
    }

    [Fact]
    public async Task Download_FetchesOnlyWhatIsMissing()
    {
        LocalMirror mirror = Good();
        _set.WriteTo(_folder);
        File.Delete(_folder[First]);
        Assert.Equal([First], await To(mirror).DownloadAsync(_folder.Root));
        Assert.Equal([new MirrorRequest(First, null)], mirror.Requests);
    }

    [Fact]
    public async Task Download_GoesOnWhereItBrokeOff()
    {
        int half = Bytes(First).Length / 2;
        LocalMirror mirror = Mirror(request => request == new MirrorRequest(First, null)
            ? MirrorReply.Whole(Bytes(First)) with { SendOnly = half }
            : MirrorReply.Asked(Bytes(request.File), request));
        await To(mirror).DownloadAsync(_folder.Root);
        AssertWhole();
        Assert.Equal([new MirrorRequest(First, null), new MirrorRequest(First, half)], mirror.Requests.Take(2));
    }

    [Fact]
    public async Task Download_GoesOnWhereAnEarlierProcessBrokeOff_AtAnotherMirror()
    {
        int half = Bytes(First).Length / 2;
        LocalMirror broken = Mirror(request => request.From is null
            ? MirrorReply.Whole(Bytes(request.File)) with { SendOnly = half }
            : MirrorReply.Error("503 Service Unavailable"));
        DataException failure = await Assert.ThrowsAsync<DataException>(() => To(broken).DownloadAsync(_folder.Root));
        Assert.Contains($"{First}: cannot be downloaded ({broken.Address.Authority}: answers 503 Service Unavailable)", failure.Message);
        Assert.Equal(half, new FileInfo(_folder[First + ".part"]).Length);
        Assert.False(File.Exists(_folder[First]));

        LocalMirror good = Good();
        var progress = new Reports();
        await To(good).DownloadAsync(_folder.Root, progress);
        AssertWhole();
        Assert.Equal(new MirrorRequest(First, half), good.Requests.First());
        Assert.Equal(new DownloadProgress(First, half, Bytes(First).Length), progress.All.First());
    }

    [Fact]
    public async Task Download_StartsOver_WhenTheMirrorIgnoresTheRange()
    {
        LocalMirror mirror = Mirror(request => MirrorReply.Whole(Bytes(request.File)));
        _folder.Write(First + ".part", Bytes(First)[..1000]);
        await To(mirror).DownloadAsync(_folder.Root);
        AssertWhole();
        Assert.Equal(4, mirror.Requests.Count);
    }

    [Theory]
    [InlineData("another range")]
    [InlineData("416 Range Not Satisfiable")]
    public async Task Download_StartsOver_WhenTheMirrorCannotGoOn(string answer)
    {
        LocalMirror mirror = Mirror(request => request.From is null
            ? MirrorReply.Whole(Bytes(request.File))
            : answer == "another range"
                ? MirrorReply.Asked(Bytes(request.File), request with { From = request.From - 1 })
                : MirrorReply.Error(answer));
        _folder.Write(First + ".part", Bytes(First)[..1000]);
        await To(mirror).DownloadAsync(_folder.Root);
        AssertWhole();
        Assert.Equal([new MirrorRequest(First, 1000), new MirrorRequest(First, null)], mirror.Requests.Take(2));
    }

    [Theory]
    [InlineData(-1000)]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Download_EndsWell_WhenTheLeftoverPartIsNotOfThisFile(int longerThanTheFile)
    {
        _folder.Write(First + ".part", new byte[Bytes(First).Length + longerThanTheFile]);
        await To(Good()).DownloadAsync(_folder.Root);
        AssertWhole();
    }

    [Fact]
    public async Task Download_OnlyRenames_WhenThePartIsAlreadyWhole()
    {
        LocalMirror mirror = Good();
        _folder.Write(First + ".part", Bytes(First));
        await To(mirror).DownloadAsync(_folder.Root);
        AssertWhole();
        Assert.DoesNotContain(mirror.Requests, request => request.File == First);
    }

    [Fact]
    public async Task Download_TakesTheOtherMirror_WhenTheFirstSendsOtherBytes()
    {
        LocalMirror wrong = Mirror(request => MirrorReply.Whole(IdxBytes.Flip(Bytes(request.File), 8 * 30)));
        LocalMirror good = Good();
        await To(wrong, good).DownloadAsync(_folder.Root);
        AssertWhole();
        Assert.Equal(4, wrong.Requests.Count);
        Assert.All(good.Requests, request => Assert.Null(request.From));
    }

    [Fact]
    public async Task Download_TakesTheOtherMirror_WhenTheFirstSendsAWebPage()
    {
        LocalMirror page = Mirror(_ => MirrorReply.Whole("<!DOCTYPE html><title>Please log in</title>"u8.ToArray()));
        await To(page, Good()).DownloadAsync(_folder.Root);
        AssertWhole();

        using var other = new TempFolder();
        DataException failure = await Assert.ThrowsAsync<DataException>(() => To(page).DownloadAsync(other.Root));
        Assert.Contains($"offers 43 bytes where the file has {Bytes(First).Length}", failure.Message);
        Assert.Empty(other.Names.Except(["download.lock"]));
    }

    [Fact]
    public async Task Download_TakesTheOtherMirror_WhenTheFirstSendsWithoutEnd()
    {
        LocalMirror endless = Mirror(request =>
            MirrorReply.Whole([.. Bytes(request.File), .. new byte[100_000]]) with { AnnounceLength = false });
        await To(endless, Good()).DownloadAsync(_folder.Root);
        AssertWhole();
    }

    [Theory]
    [InlineData("403 Forbidden")]
    [InlineData("404 Not Found")]
    [InlineData("429 Too Many Requests")]
    [InlineData("500 Internal Server Error")]
    [InlineData("503 Service Unavailable")]
    public async Task Download_TakesTheOtherMirror_WhenTheFirstRefuses(string status)
    {
        LocalMirror refusing = Mirror(_ => MirrorReply.Error(status));
        await To(refusing, Good()).DownloadAsync(_folder.Root);
        AssertWhole();
        Assert.Equal(4, refusing.Requests.Count);
    }

    [Fact]
    public async Task Download_AsksAgain_OnlyWhereThatMayHelp_AndSaysWhatWasTried()
    {
        LocalMirror gone = Mirror(_ => MirrorReply.Error("404 Not Found"));
        LocalMirror busy = Mirror(_ => MirrorReply.Error("503 Service Unavailable"));
        DataException failure = await Assert.ThrowsAsync<DataException>(() => To(gone, busy).DownloadAsync(_folder.Root));
        Assert.Equal($"{First}: cannot be downloaded ({gone.Address.Authority}: answers 404 Not Found; "
            + $"{busy.Address.Authority}: answers 503 Service Unavailable); name a folder that has the files (--data DIR), "
            + "try again with 'trainer data get', or take the embedded garments (run: --set data.source=embedded, show: --source embedded)", failure.Message);
        Assert.Equal(ExitCode.Data, failure.ExitCode);
        Assert.Equal((1, Quick.Rounds), (gone.Requests.Count, busy.Requests.Count));
    }

    [Fact]
    public async Task Download_EndsAtOnce_WhenNoMirrorIsWorthAskingAgain()
    {
        LocalMirror gone = Mirror(_ => MirrorReply.Error("404 Not Found"));
        DownloadPatience longer = Quick with { FirstPause = TimeSpan.FromSeconds(20), Reach = TimeSpan.FromSeconds(20) };
        var clock = Stopwatch.StartNew();
        await Assert.ThrowsAsync<DataException>(
            () => new Downloader([gone.Address], _set.Files, longer).DownloadAsync(_folder.Root));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, longer.FirstPause / 4);
        Assert.Single(gone.Requests);
    }

    [Fact]
    public async Task Download_GoesOnAtTheOtherMirror_WhenTheFirstStalls()
    {
        int half = Bytes(First).Length / 2;
        LocalMirror stalling = Mirror(request => MirrorReply.Whole(Bytes(request.File)) with { SendOnly = half, ThenStall = true });
        LocalMirror good = Good();
        _set.WriteTo(_folder);
        File.Delete(_folder[First]);
        await To(stalling, good).DownloadAsync(_folder.Root);
        AssertWhole();
        Assert.Equal([new MirrorRequest(First, half)], good.Requests);
    }

    [Fact]
    public async Task Download_EndsWithinItsTime_WhenNobodyListens()
    {
        var clock = Stopwatch.StartNew();
        Uri[] nobody = [LocalMirror.Nobody(), LocalMirror.Nobody()];
        // All twelve rounds would go on until Reach ends them.
        DownloadPatience longer = Quick with
        {
            FirstPause = TimeSpan.FromSeconds(0.2),
            Reach = TimeSpan.FromSeconds(20),
            Rounds = 12,
        };
        var downloader = new Downloader(nobody, _set.Files, longer);
        DataException failure = await Assert.ThrowsAsync<DataException>(() => downloader.DownloadAsync(_folder.Root));
        Assert.InRange(clock.Elapsed, longer.FirstPause, longer.Reach / 4);
        Assert.All(nobody, mirror => Assert.Contains(mirror.Authority, failure.Message));
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Empty(_folder.Names.Except(["download.lock"]));
    }

    [Fact]
    public async Task Download_EndsWithinItsTime_WhenMirrorsTakeTheConnectionAndSayNothing()
    {
        var clock = Stopwatch.StartNew();
        DownloadPatience shorter = Quick with
        {
            Answer = TimeSpan.FromSeconds(0.4),
            Reach = TimeSpan.FromSeconds(0.6),
            Rounds = 20,
            RoundsUnanswered = 20,
        };
        var downloader = new Downloader([Mirror(_ => null).Address, Mirror(_ => null).Address], _set.Files, shorter);
        DataException failure = await Assert.ThrowsAsync<DataException>(() => downloader.DownloadAsync(_folder.Root));
        // Four times the bound leaves room for a busy machine; forty waits in turn would take 16 s.
        Assert.InRange(clock.Elapsed, shorter.Answer, shorter.Reach * 4);
        Assert.Contains("does not answer", failure.Message);
    }

    [Fact]
    public async Task Download_IsDoneOnce_WhenFourAskForItAtTheSameTime()
    {
        LocalMirror mirror = Good();
        Task<IReadOnlyList<string>>[] four =
            [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() => To(mirror).DownloadAsync(_folder.Root)))];
        IReadOnlyList<string>[] fetched = await Task.WhenAll(four);
        AssertWhole();
        Assert.Equal([0, 0, 0, 4], fetched.Select(names => names.Count).Order());
        Assert.Equal(4, mirror.Requests.Count);
    }

    [Fact]
    public async Task Download_GivesUp_WhenAnotherProcessHoldsTheFolderAndGetsNowhere()
    {
        using var held = new FileStream(_folder["download.lock"], FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        DownloadPatience shorter = Quick with { Reach = TimeSpan.FromSeconds(0.2), Stall = TimeSpan.FromSeconds(0.1) };
        var downloader = new Downloader([Good().Address], _set.Files, shorter);
        DataException failure = await Assert.ThrowsAsync<DataException>(() => downloader.DownloadAsync(_folder.Root));
        Assert.StartsWith($"{_folder.Root}: cannot be locked for the download (", failure.Message);
    }

    [Fact]
    public async Task Download_StopsWhenItIsCancelled_KeepsWhatArrived_AndLeavesNothingUnderTheFinalName()
    {
        int half = Bytes(First).Length / 2;
        LocalMirror stalling = Mirror(request => MirrorReply.Whole(Bytes(request.File)) with { SendOnly = half, ThenStall = true });
        using var cancellation = new CancellationTokenSource();
        var progress = new Reports(report =>
        {
            if (report.Received == half)
            {
                cancellation.Cancel();
            }
        });
        var downloader = new Downloader([stalling.Address], _set.Files, Quick with { Stall = TimeSpan.FromMinutes(1) });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => downloader.DownloadAsync(_folder.Root, progress, cancellation: cancellation.Token));
        Assert.Equal(["download.lock", First + ".part"], _folder.Names);
        Assert.Equal(Bytes(First)[..half], File.ReadAllBytes(_folder[First + ".part"]));
    }

    [Fact]
    public async Task Download_NeverOverwrites_AFileThatIsThere()
    {
        LocalMirror mirror = Good();
        _folder.Write(First, "somebody's own"u8.ToArray());
        string before = _folder.Snapshot();
        DataException failure = await Assert.ThrowsAsync<DataException>(() => To(mirror).DownloadAsync(_folder.Root));
        Assert.Equal($"{_folder[First]}: is there, but does not read as the official file, and is never overwritten; "
            + "move it away and try again", failure.Message);
        Assert.Equal(before, _folder.Snapshot());
        Assert.Empty(mirror.Requests);
    }

    [Fact]
    public async Task Download_RefusesInOneLine_WhenTheFolderCannotBeMade()
    {
        string below = Path.Combine(_folder.Write("file", [1]), "cache");
        DataException failure = await Assert.ThrowsAsync<DataException>(() => To(Good()).DownloadAsync(below));
        Assert.StartsWith($"{below}: cannot be created (", failure.Message);
        Assert.EndsWith("name another folder (--data DIR)", failure.Message);
    }

    [Fact]
    public void OfficialMirrors_AreTwoHosts_AskedOverHttpsOnly()
    {
        Assert.Equal(2, Downloader.OfficialMirrors.Select(mirror => mirror.Host).Distinct().Count());
        Assert.All(Downloader.OfficialMirrors, mirror => Assert.Equal("https", mirror.Scheme));
        // Without the slash at the end a file's name would take the place of the last folder's.
        Assert.All(Downloader.OfficialMirrors, mirror => Assert.EndsWith("/", mirror.AbsoluteUri));
    }

    private Downloader To(params LocalMirror[] mirrors) => new([.. mirrors.Select(mirror => mirror.Address)], _set.Files, Quick);

    private LocalMirror Good() => Mirror(request => MirrorReply.Asked(Bytes(request.File), request));

    private LocalMirror Mirror(Func<MirrorRequest, MirrorReply?> answer)
    {
        var mirror = new LocalMirror(answer);
        _mirrors.Add(mirror);
        return mirror;
    }

    private byte[] Bytes(string gzipName) => _set.Gzip(_set.Files.All.Single(file => file.GzipName == gzipName));

    private void AssertWhole()
    {
        Assert.Equal(_set.Files.All.Select(file => file.GzipName).Order(StringComparer.Ordinal), _folder.Names);
        Assert.All(_set.Files.All, file => Assert.Equal(file.GzipSha256, IdxBytes.Sha256(File.ReadAllBytes(_folder[file.GzipName]))));
    }

    /// <summary>Keeps every report, in order: unlike <see cref="Progress{T}"/>, on the thread that makes it.</summary>
    private sealed class Reports(Action<DownloadProgress>? then = null) : IProgress<DownloadProgress>
    {
        public ConcurrentQueue<DownloadProgress> All { get; } = new();

        public void Report(DownloadProgress value)
        {
            All.Enqueue(value);
            then?.Invoke(value);
        }
    }
}
