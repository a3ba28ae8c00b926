using Trainer.Data;
using Trainer.Tests.Commands;
using Trainer.Tests.Data;

namespace Trainer.Tests.Processes;

/// <summary>The real program in surroundings that lack something.</summary>
public sealed class SurroundingsTests : IDisposable
{
    private const string Bare = "unset TRAINER_DATA XDG_CACHE_HOME; ";
    private readonly TempFolder _folder = new();

    public SurroundingsTests() => _folder.Write("small.yaml",
        "name: small\nmodel: {hidden: [8], activation: relu}\noptimizer: {name: sgd, lr: 0.1}\nbatch_size: 500\nepochs: 1\ndata: {source: embedded}\n");

    public void Dispose() => _folder.Dispose();

    [FactWithShell]
    public async Task ALogOnAFullDisk_DoesNotEndTheRun_ButIsSaid()
    {
        ProgramOutcome outcome = await ScriptAsync("$TRAINER run small.yaml --out results > /dev/full");
        Assert.Equal((1, "trainer: what was to be printed is lost (No space left on device); what was recorded is not\n"), (outcome.Status, outcome.Error));
        string run = Assert.Single(Directory.GetDirectories(_folder["results", "small"]));
        Assert.Contains("\"completed\"", File.ReadAllText(Path.Combine(run, "status.json")));
    }

    [FactWithShell]
    public async Task WithNoPlaceForAnyWord_ItEndsWithItsCode()
    {
        Assert.Equal(1, (await ScriptAsync("$TRAINER --help > /dev/full 2> /dev/full")).Status);
        Assert.Equal(2, (await ScriptAsync("$TRAINER run missing.yaml > /dev/full 2> /dev/full")).Status);
    }

    [FactWithShell]
    public async Task FilesGetTheModeThatTheUmaskLeaves()
    {
        ProgramOutcome outcome = await ScriptAsync("umask 077; $TRAINER run small.yaml --out results");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        string[] all = Directory.GetFileSystemEntries(_folder["results"], "*", SearchOption.AllDirectories);
        Assert.NotEmpty(all);
        // The test is skipped where there is no shell.
#pragma warning disable CA1416
        Assert.All(all, path => Assert.Equal(
            UnixFileMode.None, File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)));
#pragma warning restore CA1416
    }

    [FactWithShell]
    public async Task WithoutAHome_TheCacheLiesAmongTheTemporaryFiles_AndNoHomeIsMade()
    {
        string home = _folder["nobody"];
        ProgramOutcome outcome = await ScriptAsync($"{Bare}HOME={home} TMPDIR={_folder["tmp"]} $TRAINER data");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Contains($"'trainer data get' fetches it into {_folder["tmp"]}/cache-", outcome.Output);
        Assert.False(Directory.Exists(home));
    }

    [FactWithShell]
    public async Task WhereTheWorkingFolderIsGone_ItSaysSoInALine()
    {
        Directory.CreateDirectory(_folder["gone"]);
        ProgramOutcome outcome = await ScriptAsync("cd gone; rmdir ../gone; $TRAINER list");
        Assert.Equal(2, outcome.Status);
        Assert.Equal("trainer: results: no such folder;", outcome.Error[.."trainer: results: no such folder;".Length]);
    }

    [FactWithSmallDisk]
    public async Task ADiskThatIsFullInMidDownload_EndsItInALine_AndWhatHasArrivedStays()
    {
        using var mirror = new LocalMirror(request =>
            MirrorReply.Whole(new byte[FashionMnistFiles.Official.All.Single(file => file.GzipName == request.File).GzipLength]));
        Directory.CreateDirectory(_folder["disk"]);
        const string Part = "disk/trainer/fashion-mnist/train-images-idx3-ubyte.gz.part";
        string script = "mount -t tmpfs -o size=1m none disk || exit 99\n"
            + $"XDG_CACHE_HOME={_folder["disk"]} $TRAINER data get --mirror {mirror.Address} --allow-http\n"
            + $"status=$?; wc -c < {Part}; exit $status";
        ProgramOutcome outcome = await ScriptAsync($"unshare -rm /bin/sh -c '{script}'");
        string target = _folder["disk", "trainer", "fashion-mnist", "train-images-idx3-ubyte.gz"];
        Assert.Equal(3, outcome.Status);
        // What a full disk of 1 MiB takes is up to the system, give or take a page.
        Assert.InRange(int.Parse(outcome.Output, System.Globalization.CultureInfo.InvariantCulture), 1_000_000, 1 << 20);
        Assert.StartsWith($"trainer: {target}: cannot be written (", outcome.Error);
        Assert.EndsWith($"make room, or {UserCache.Mend}\n", outcome.Error);
        Assert.Equal(1, outcome.Error.Count(letter => letter == '\n'));
    }

    private Task<ProgramOutcome> ScriptAsync(string script) => ChildProcess.ScriptAsync(script, _folder.Root);
}
