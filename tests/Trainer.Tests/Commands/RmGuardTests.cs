using Trainer.Results;
using Trainer.Storage;
using Trainer.Sweeps;
using Trainer.Tests.Catalogs;

namespace Trainer.Tests.Commands;

/// <summary>What <c>trainer rm</c> does not take for what was meant.</summary>
public class RmGuardTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData("/.")]
    [InlineData("/../RUN/")]
    public async Task PathWithSomethingBehindIt_IsTheSameRun(string ending)
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        RunFolder first = runs.Write(WrittenRuns.Sample());
        RunFolder second = runs.Write(WrittenRuns.Sample("other"));
        ProgramOutcome outcome = await trial.RunAsync(
            "rm", first.Path + ending.Replace("RUN", Path.GetFileName(first.Path)), second.Path, "--yes", "--out", runs.Root + "/");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Contains("removed 2 runs", outcome.Output);
        Assert.Empty(Directory.GetFileSystemEntries(runs.Root));
    }

    [FactOnUnix]
    public async Task Link_IsRefused_WhateverStandsBehindOrAboveIt()
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        RunFolder real = runs.Write(WrittenRuns.Sample());
        string archive = runs.In("archive");
        Directory.Move(Path.GetDirectoryName(real.Path)!, archive);
        string run = Path.GetFileName(real.Path);
        Directory.CreateSymbolicLink(Path.Combine(runs.Root, "elsewhere"), archive);
        Directory.CreateSymbolicLink(Path.Combine(runs.Root, "linked-run"), Path.Combine(archive, run));
        string[] names = ["elsewhere", "elsewhere/", "elsewhere/.", "linked-run/", $"elsewhere/{run}", $"elsewhere/{run}/", Path.Combine(runs.Root, "elsewhere", run)];
        foreach (string name in names)
        {
            foreach (string more in new[] { "--yes", "--yes --state completed" })
            {
                ProgramOutcome outcome = await trial.RunAsync(["rm", name, .. more.Split(' '), "--out", runs.Root]);
                Assert.Matches("is a link|does not lie below", outcome.OneErrorLine());
                Assert.NotEqual(0, outcome.Status);
                Assert.True(File.Exists(Path.Combine(archive, run, "metrics.csv")), name);
            }
        }
        Assert.Equal(0, (await trial.RunAsync("rm", archive, "--yes", "--out", Path.GetDirectoryName(archive)!)).Status);
        Assert.False(Directory.Exists(archive));
    }

    [FactOnUnix]
    public async Task ResultsBehindALink_AreResults()
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        RunFolder folder = runs.Write(WrittenRuns.Sample());
        string link = runs.In("link");
        Directory.CreateSymbolicLink(link, runs.Root);
        RunFolder other = runs.Write(WrittenRuns.Sample("other"));
        Assert.Equal(0, (await trial.RunAsync("rm", "relu", other.Path, "--yes", "--out", link)).Status);
        Assert.False(Directory.Exists(folder.Path) || Directory.Exists(other.Path));
        Assert.True(Directory.Exists(runs.Root));
    }

    [FactOnUnix]
    public async Task LinksBelow_AreNotFollowed()
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        RunFolder kept = runs.Write(WrittenRuns.Sample());
        string outside = runs.In("outside");
        Directory.Move(runs.Root, outside);
        RunFolder removed = runs.Write(WrittenRuns.Sample("other"));
        Directory.CreateSymbolicLink(Path.Combine(runs.Root, "other", "link"), outside);
        Directory.CreateSymbolicLink(Path.Combine(runs.Root, "other", "loop"), runs.Root);
        Assert.Equal(0, (await trial.RunAsync("rm", "other", "--yes", "--out", runs.Root)).Status);
        Assert.False(Directory.Exists(removed.Path));
        Assert.True(File.Exists(Path.Combine(outside, Path.GetRelativePath(runs.Root, kept.Metrics))));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task EmptyName_IsNoRun_WithConditionsOrWithout(string name)
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        RunFolder folder = runs.Write(WrittenRuns.Sample());
        foreach (string[] arguments in new[] { (string[])["rm", name, "--yes"], ["rm", name, "--yes", "--state", "completed"], ["rm", "relu", name, "--yes"], ["list", name] })
        {
            ProgramOutcome outcome = await trial.RunAsync([.. arguments, "--out", runs.Root]);
            Assert.Contains("an empty name means no run", outcome.OneErrorLine());
            Assert.Equal(2, outcome.Status);
        }
        Assert.Equal(2, (await trial.RunAsync("rm", "relu", "--yes", "--out", name)).Status);
        Assert.True(File.Exists(folder.Metrics));
    }

    [Fact]
    public async Task AllResults_AreTakenWithAConditionAlone()
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        RunFolder folder = runs.Write(WrittenRuns.Sample());
        foreach (string everything in new[] { runs.Root, runs.Root + "/", runs.Root + "/relu/.." })
        {
            ProgramOutcome outcome = await trial.RunAsync("rm", everything, "--yes", "--out", runs.Root);
            Assert.Contains("holds all results, or the current folder; choose with --filter or --state", outcome.OneErrorLine());
            Assert.Equal(2, outcome.Status);
        }
        ProgramOutcome disk = await trial.RunAsync("rm", Path.GetPathRoot(runs.Root)!, "--dry-run", "--out", runs.Root);
        Assert.Contains("is a whole disk", disk.OneErrorLine());
        Assert.True(File.Exists(folder.Metrics));
        Assert.Equal(0, (await trial.RunAsync("rm", runs.Root, "--filter", "name=*", "--yes", "--out", runs.Root)).Status);
        Assert.False(Directory.Exists(folder.Path));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("ABOVE")]
    [InlineData("OTHER")]
    [InlineData("OTHER/relu")]
    [InlineData("RESULTS-of-others")]
    public async Task FolderThatIsNotBelowTheResults_IsRefused_WhateverElseIsGiven(string path)
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        using var others = new WrittenRuns();
        RunFolder[] folders = [runs.Write(WrittenRuns.Sample()), others.Write(WrittenRuns.Sample())];
        Directory.CreateDirectory(runs.Root + "-of-others");
        string name = path.Replace("ABOVE", Path.GetDirectoryName(runs.Root)).Replace("OTHER", others.Root).Replace("RESULTS", runs.Root);
        foreach (string more in new[] { "--yes", "--yes --filter name=*", "--dry-run" })
        {
            ProgramOutcome outcome = await trial.RunAsync(["rm", name, .. more.Split(' '), "--out", runs.Root]);
            Assert.Equal(
                $"trainer: {name}: does not lie below {runs.Root}, the folder of all results, and runs are removed from there alone; name another with --out",
                outcome.OneErrorLine());
            Assert.Equal((2, ""), (outcome.Status, outcome.Output));
        }
        Assert.All(folders, folder => Assert.True(File.Exists(folder.Metrics)));
    }

    [Fact]
    public async Task CellsOfASweep_ThatLieElsewhere_Stay()
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        using var others = new WrittenRuns();
        RunFolder mine = runs.Write(WrittenRuns.Sample());
        RunFolder theirs = others.Write(WrittenRuns.Sample());
        var sweep = SweepFolder.Of(runs.Root, "grid");
        CsvFile.Write(sweep.Index, ["cell", SweepFolder.FolderColumn], new[] { mine, theirs }.Select((run, cell) => (string[])[$"{cell}", Path.GetRelativePath(sweep.Path, run.Path)]));
        ProgramOutcome outcome = await trial.RunAsync("rm", "grid", "--yes", "--out", runs.Root);
        Assert.Contains($"not removed: does not lie below {runs.Root}", outcome.OneErrorLine());
        Assert.Equal(1, outcome.Status);
        Assert.Equal([false, true], new[] { mine, theirs }.Select(run => File.Exists(run.Metrics)));
    }

    [Fact]
    public async Task FolderOfAnotherProgram_Stays_ThoughItsNamesAreOurs()
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        var foreign = new RunFolder(Path.Combine(runs.Root, "project", "first"));
        AtomicFile.WriteText(foreign.Metrics, "epoch,loss\n1,0.5\n");
        AtomicFile.WriteText(foreign.Config, "lr: 1\n");
        AtomicFile.WriteText(foreign.Status, "{\"state\": \"running\"}");
        AtomicFile.WriteText(foreign.Manifest, "{\"data_set\": \"mnist\"}");
        AtomicFile.WriteText(foreign.LastWeights, "weights");
        ProgramOutcome outcome = await trial.RunAsync("rm", "project", "--yes", "--out", runs.Root);
        Assert.Contains("its files are not those of a run of this program", outcome.OneErrorLine());
        Assert.Equal(1, outcome.Status);
        Assert.True(File.Exists(foreign.LastWeights) && File.Exists(foreign.Metrics));
    }

    [Fact]
    public async Task RunThatCannotBeRemoved_IsTold_AndTheOthersGo()
    {
        using var runs = new WrittenRuns();
        RunFolder[] folders = [.. new[] { 1ul, 2ul, 3ul }.Select(seed => runs.Write(WrittenRuns.Sample(seed: seed)))];
        RunLock? begun = null;
        using var trial = new ProgramTrial
        {
            Answer = () =>
            {
                begun = new RunLock(folders[1]);
                return "y";
            },
        };
        ProgramOutcome outcome = await trial.RunAsync("rm", "relu", "--out", runs.Root);
        begun!.Dispose();
        Assert.Contains("another process is at work in it", outcome.OneErrorLine());
        Assert.Contains("removed 2 of 3 runs, 0.0 MB", outcome.Output);
        Assert.Equal(1, outcome.Status);
        Assert.Equal([false, true, false], folders.Select(folder => File.Exists(folder.Metrics)));
    }

    [FactOnUnix]
    public async Task NameThatATerminalWouldObey_IsWrittenOut()
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        Directory.Move(runs.Write(WrittenRuns.Sample()).Path, Path.Combine(runs.Root, "relu", "a\u001b[2Jb"));
        foreach (string[] arguments in new[] { (string[])["rm", "relu", "--dry-run"], ["list"], ["show-config", "\u001b[2J"] })
        {
            ProgramOutcome outcome = await trial.RunAsync([.. arguments, "--out", runs.Root]);
            Assert.Contains("\\u001b[2J", outcome.Output + outcome.Error);
            Assert.DoesNotContain('\u001b', outcome.Output + outcome.Error);
        }
    }

    [Fact]
    public async Task FailureInOneOfSeveralThreads_IsThatFailure()
    {
        using var trial = new ProgramTrial { Answer = () => throw new AggregateException(new global::Trainer.Failures.RunFailedException("no such thing")) };
        using var runs = new WrittenRuns();
        runs.Write(WrittenRuns.Sample());
        ProgramOutcome outcome = await trial.RunAsync("rm", "relu", "--out", runs.Root);
        Assert.Equal((1, "trainer: no such thing"), (outcome.Status, outcome.OneErrorLine()));
    }
}
