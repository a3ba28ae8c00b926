using Trainer.Results;
using Trainer.Tests.Catalogs;

namespace Trainer.Tests.Commands;

public class RmCommandTests
{
    [Fact]
    public async Task Rm_RemovesARun_AndTheFolderThatIsEmptyThen_ButNotTheResults()
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        RunFolder folder = runs.Write(WrittenRuns.Sample());
        Directory.CreateDirectory(Path.Combine(folder.Evaluations, "validation-last"));
        File.WriteAllText(Path.ChangeExtension(folder.Curves, "png"), "picture");
        ProgramOutcome outcome = await trial.RunAsync("rm", "relu", "--yes", "--out", runs.Root);
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Contains("removed 1 run, 0.0 MB", outcome.Output);
        Assert.Empty(Directory.GetFileSystemEntries(runs.Root));
    }

    [Fact]
    public async Task Rm_OfARealRun_KnowsAllItsFiles()
    {
        using var trial = new ProgramTrial();
        await trial.TrainAsync(trial.SmallConfig("diagnostics: true\ndata: {validation: 50}\n"), "--trace", "2");
        await trial.RunAsync("eval", trial.RunFolder(), "--mistakes", "1");
        ProgramOutcome outcome = await trial.RunAsync("rm", trial.RunFolder(), "--yes", "--out", trial.Results);
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Empty(Directory.GetFileSystemEntries(trial.Results));
    }

    [Theory]
    [InlineData("y", true)]
    [InlineData(" Yes ", true)]
    [InlineData("n", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public async Task Rm_AsksFirst(string? answer, bool removes)
    {
        using var trial = new ProgramTrial { Answer = () => answer };
        using var runs = new WrittenRuns();
        RunFolder folder = runs.Write(WrittenRuns.Sample());
        ProgramOutcome outcome = await trial.RunAsync("rm", folder.Path, "--out", runs.Root);
        Assert.Contains("remove 1 run, 0.0 MB? [y/N]", outcome.Output);
        Assert.Equal(removes ? 0 : 1, outcome.Status);
        Assert.Equal(!removes, Directory.Exists(folder.Path));
    }

    [Fact]
    public async Task Rm_ThatIsNotToRemove_OnlySays()
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        RunFolder folder = runs.Write(WrittenRuns.Sample());
        ProgramOutcome outcome = await trial.RunAsync("rm", "relu", "--dry-run", "--out", runs.Root);
        Assert.Contains("would remove 1 run", outcome.Output);
        Assert.True(File.Exists(folder.Metrics));
    }

    [Fact]
    public async Task Rm_WithConditions_TakesThoseAlone()
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        RunFolder good = runs.Write(WrittenRuns.Sample());
        RunFolder bad = runs.Write(WrittenRuns.Sample(seed: 2), RunState.Diverged);
        RunFolder brokenOff = runs.Write(WrittenRuns.Sample(seed: 3), RunState.Running);
        await trial.RunAsync("rm", "--state", "diverged,broken-off", "--yes", "--out", runs.Root);
        Assert.Equal([true, false, false], new[] { good, bad, brokenOff }.Select(run => Directory.Exists(run.Path)));
        Assert.Contains("nothing to remove", (await trial.RunAsync("rm", "--state", "failed", "--yes", "--out", runs.Root)).Output);
    }

    [Fact]
    public async Task Rm_TakesARunThatCannotBeRead()
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        RunFolder folder = runs.Write(WrittenRuns.Sample());
        File.WriteAllText(folder.Config, "name: [");
        File.Delete(folder.Status);
        Assert.Equal(0, (await trial.RunAsync("rm", folder.Path, "--yes", "--out", runs.Root)).Status);
        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public async Task Rm_LeavesARunAtWork_AndRemovesTheOthers()
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        RunFolder working = runs.Write(WrittenRuns.Sample(), RunState.Running);
        RunFolder done = runs.Write(WrittenRuns.Sample(seed: 2));
        using (new RunLock(working))
        {
            ProgramOutcome outcome = await trial.RunAsync("rm", "relu", "--yes", "--out", runs.Root);
            Assert.StartsWith($"trainer: {working.Path}: not removed: a process is at work in it (process {Environment.ProcessId} on ", outcome.OneErrorLine());
            Assert.EndsWith("); stop it first", outcome.OneErrorLine());
            Assert.Equal(1, outcome.Status);
        }
        Assert.True(File.Exists(working.Metrics));
        Assert.False(Directory.Exists(done.Path));
    }

    [Theory]
    [InlineData("notes.txt", "notes.txt")]
    [InlineData(".git", ".git")]
    [InlineData("thesis/draft.md", "thesis")]
    [InlineData("curves.old/first.svg", "curves.old")]
    [InlineData("config.yaml.orig", "config.yaml.orig")]
    [InlineData("checkpoints/notes.txt", "checkpoints/notes.txt")]
    [InlineData("checkpoints/last.safetensors/part", "checkpoints/last.safetensors")]
    [InlineData("eval/mine.csv", "eval/mine.csv")]
    [InlineData("eval/test-worst/confusion.csv", "eval/test-worst")]
    [InlineData("trace/notes.md", "trace/notes.md")]
    [InlineData("diagnostics/layers.xlsx", "diagnostics/layers.xlsx")]
    [InlineData("tensorboard/events.out.tfevents.1.other", "tensorboard/events.out.tfevents.1.other")]
    [InlineData("tensorboard/.git/config", "tensorboard/.git")]
    public async Task Rm_LeavesAFolder_ThatHoldsWhatNoRunWrites(string file, string told)
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        RunFolder folder = runs.Write(WrittenRuns.Sample());
        string foreign = Path.Combine(folder.Path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(foreign)!);
        File.WriteAllText(foreign, "mine");
        ProgramOutcome outcome = await trial.RunAsync("rm", folder.Path, "--yes", "--out", runs.Root);
        Assert.Contains($"holds what no run writes ({told})", outcome.OneErrorLine());
        Assert.Equal(1, outcome.Status);
        Assert.True(File.Exists(foreign) && File.Exists(folder.Metrics));
    }

    [FactOnUnix]
    public async Task Rm_FollowsNoLink()
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        RunFolder real = runs.Write(WrittenRuns.Sample());
        string link = runs.In("link");
        Directory.CreateSymbolicLink(link, real.Path);
        ProgramOutcome outcome = await trial.RunAsync("rm", link, "--yes", "--out", runs.Root);
        Assert.Contains("is a link", outcome.OneErrorLine());
        string outside = Directory.CreateDirectory(runs.In("outside")).FullName;
        File.WriteAllText(Path.Combine(outside, "precious"), "mine");
        Directory.CreateSymbolicLink(real.Evaluations, outside);
        Assert.Equal(0, (await trial.RunAsync("rm", real.Path, "--yes", "--out", runs.Root)).Status);
        Assert.True(File.Exists(Path.Combine(outside, "precious")));
    }
}
