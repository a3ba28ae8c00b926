using System.Collections.Concurrent;
using Trainer.Data;
using Trainer.Failures;

namespace Trainer.Tests.Data;

public sealed class DownloaderTests : IDisposable
{
    private const string First = "train-images-idx3-ubyte.gz";

    // 600 kB, so that half a file crosses the network in several pieces.
    private readonly SmallFashionMnist _set = new(trainCount: 30_000);
    private readonly TempFolder _folder = new();
    private readonly List<LocalMirror> _mirrors = [];
    private readonly ManualClock _clock = new();

    private DownloadPatience Patience => new() { Clock = _clock, Pause = _clock.PauseAsync };

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
        Assert.Equal((1, Patience.Rounds), (gone.Requests.Count, busy.Requests.Count));
    }

    [Fact]
    public async Task Download_EndsAtOnce_WhenNoMirrorIsWorthAskingAgain()
    {
        LocalMirror gone = Mirror(_ => MirrorReply.Error("404 Not Found"));
        await Assert.ThrowsAsync<DataException>(() => To(gone).DownloadAsync(_folder.Root));
        Assert.Empty(_clock.Pauses);
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
        var progress = new Reports(report => _clock.Advance(report.Received == half && good.Requests.IsEmpty ? Patience.Stall : TimeSpan.Zero));
        await To(stalling, good).DownloadAsync(_folder.Root, progress);
        AssertWhole();
        Assert.Equal([new MirrorRequest(First, half)], good.Requests);
    }

    [Fact]
    public async Task Download_EndsWithinItsTime_WhenNobodyListens()
    {
        Uri[] nobody = [LocalMirror.Nobody(), LocalMirror.Nobody()];
        var downloader = new Downloader(nobody, _set.Files, Patience);
        DataException failure = await Assert.ThrowsAsync<DataException>(() => downloader.DownloadAsync(_folder.Root));
        Assert.Equal([Patience.FirstPause], _clock.Pauses);
        Assert.All(nobody, mirror => Assert.Contains($"{mirror.Authority}: cannot be reached (", failure.Message));
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Empty(_folder.Names.Except(["download.lock"]));
    }

    [Fact]
    public async Task Download_EndsWithinItsTime_WhenMirrorsTakeTheConnectionAndSayNothing()
    {
        LocalMirror[] silent = [Mirror(Silence), Mirror(Silence)];
        DataException failure = await Assert.ThrowsAsync<DataException>(() => To(silent).DownloadAsync(_folder.Root));
        Assert.Equal(Patience.Reach, _clock.Elapsed);
        Assert.Equal(2, silent.Sum(mirror => mirror.Requests.Count));
        Assert.Contains("does not answer in time; given up after 8 s); name a folder", failure.Message);

        MirrorReply? Silence(MirrorRequest request)
        {
            _clock.Advance(Patience.Answer);
            return null;
        }
    }

    [Fact]
    public async Task Download_IsDoneOnce_WhenFourAskForItAtTheSameTime()
    {
        LocalMirror mirror = Good();
        // On the real clock: pauses that take no time would use up that of those who wait.
        var downloader = new Downloader([mirror.Address], _set.Files, new DownloadPatience());
        Task<IReadOnlyList<string>>[] four =
            [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() => downloader.DownloadAsync(_folder.Root)))];
        IReadOnlyList<string>[] fetched = await Task.WhenAll(four);
        AssertWhole();
        Assert.Equal([0, 0, 0, 4], fetched.Select(names => names.Count).Order());
        Assert.Equal(4, mirror.Requests.Count);
    }

    [Fact]
    public async Task Download_GivesUp_WhenAnotherProcessHoldsTheFolderAndGetsNowhere()
    {
        using var held = new FileStream(_folder["download.lock"], FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        var notices = new List<string>();
        DataException failure = await Assert.ThrowsAsync<DataException>(() => To(Good()).DownloadAsync(_folder.Root, notice: notices.Add));
        Assert.StartsWith($"{_folder.Root}: cannot be locked for the download (", failure.Message);
        Assert.InRange(_clock.Elapsed, Patience.LongestSilence(1), Patience.LongestSilence(1) + TimeSpan.FromSeconds(1));
        Assert.Equal([$"another process is fetching into {_folder.Root}; waiting for it"], notices);
    }

    [Fact]
    public async Task Download_WaitsNoLongerThanTheWholeMayTake_ForAnotherProcessThatGetsOn()
    {
        using var held = new FileStream(_folder["download.lock"], FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        DownloadPatience patience = Patience with
        {
            Pause = (span, cancellation) =>
            {
                File.AppendAllText(_folder[First + ".part"], "x");
                return _clock.PauseAsync(TimeSpan.FromMinutes(1), cancellation);
            },
        };
        var downloader = new Downloader([Good().Address], _set.Files, patience);
        DataException failure = await Assert.ThrowsAsync<DataException>(() => downloader.DownloadAsync(_folder.Root));
        Assert.StartsWith($"{_folder.Root}: another process is still fetching into it; not all here after 30 minutes", failure.Message);
        Assert.Equal(patience.Whole, _clock.Elapsed);
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
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => To(stalling).DownloadAsync(_folder.Root, progress, cancellation: cancellation.Token));
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
        Assert.Equal($"{below}: cannot be created ({_folder["file"]} is no folder); {UserCache.Mend}", failure.Message);
    }

    [Fact]
    public void OfficialMirrors_AreTwoHosts_AskedOverHttpsOnly()
    {
        Assert.Equal(2, Downloader.OfficialMirrors.Select(mirror => mirror.Host).Distinct().Count());
        Assert.All(Downloader.OfficialMirrors, mirror => Assert.Equal("https", mirror.Scheme));
        // Without the slash at the end a file's name would take the place of the last folder's.
        Assert.All(Downloader.OfficialMirrors, mirror => Assert.EndsWith("/", mirror.AbsoluteUri));
    }

    private Downloader To(params LocalMirror[] mirrors) => new([.. mirrors.Select(mirror => mirror.Address)], _set.Files, Patience);

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
