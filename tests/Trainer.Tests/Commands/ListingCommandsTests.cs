using System.Text.Json;
using Trainer.Results;
using Trainer.Sweeps;
using Trainer.Tests.Catalogs;

namespace Trainer.Tests.Commands;

/// <summary><c>list</c>, <c>show-config</c> and <c>diff</c>.</summary>
public class ListingCommandsTests
{
    [Fact]
    public async Task List_ShowsWhatCanBeRead_SaysWhatCannot_AndEndsWithOne()
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        runs.Write(WrittenRuns.Sample());
        RunFolder broken = runs.Write(WrittenRuns.Sample(seed: 2));
        File.WriteAllText(broken.Status, "{");
        ProgramOutcome outcome = await trial.RunAsync("list", "--out", runs.Root);
        Assert.Equal(1, outcome.Status);
        Assert.Contains("completed    2/2   60.00 %", outcome.Output);
        Assert.Contains("1 run, data set fashion-mnist", outcome.Output);
        Assert.StartsWith($"trainer: {broken.Path}: left out: ", outcome.OneErrorLine());
    }

    [Fact]
    public async Task List_ForMachines_HasTheSameFigures()
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        RunFolder folder = runs.Write(WrittenRuns.Sample());
        runs.Write(WrittenRuns.Sample(lr: 0.2));
        string[] csv = (await trial.RunAsync("list", "--csv", "--sort", "optimizer.lr", "--out", runs.Root)).Output.Split('\n');
        Assert.EndsWith("test_loss,test_accuracy,optimizer.lr", csv[0]);
        Assert.StartsWith($"{folder.Path},relu,", csv[1]);
        Assert.EndsWith(",0.4,0.6,0.1", csv[1]);
        string json = (await trial.RunAsync("list", "--json", "--filter", "optimizer.lr=0.1", "--out", runs.Root)).Output;
        using var line = JsonDocument.Parse(json);
        Assert.Equal(0.6, line.RootElement.GetProperty("last").GetProperty("test_accuracy").GetDouble());
        Assert.Equal("completed", line.RootElement.GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("list --filter nmae=x", "did you mean 'name'?")]
    [InlineData("list --sort speed", "--sort: 'speed' is neither a field")]
    [InlineData("list --state finished", "--state: 'finished' is no state; known: at-work, completed, interrupted, diverged, failed, broken-off")]
    [InlineData("list --tail 0", "--tail must be at least 1, not 0")]
    [InlineData("list --csv --json", "list: --csv and --json exclude each other; give one")]
    [InlineData("list nowhere", "nowhere: no such folder; give the folder of a run")]
    [InlineData("list reul", "reul: no such folder; did you mean 'relu'?")]
    [InlineData("compare rellu", "rellu: no such folder; did you mean 'relu'?")]
    [InlineData("show-config nowhere", "nowhere: no such folder")]
    [InlineData("show-config nowhere.yaml", "nowhere.yaml: no such file")]
    [InlineData("show-config relu", "relu: holds 2 runs; give one of them, as ")]
    [InlineData("diff relu nowhere", "relu: holds 2 runs; give one of them, as ")]
    [InlineData("rm", "rm: name the runs, or choose them with --filter or --state")]
    [InlineData("rm nowhere", "nowhere: no such folder")]
    [InlineData("rm relu", "rm: nobody can be asked here; add --yes")]
    public async Task Mistake_IsOneLine_AndCodeTwo(string arguments, string part)
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        runs.Write(WrittenRuns.Sample());
        runs.Write(WrittenRuns.Sample(seed: 2));
        ProgramOutcome outcome = await trial.RunAsync([.. arguments.Split(' '), "--out", runs.Root]);
        Assert.Contains(part, outcome.OneErrorLine());
        Assert.Equal(2, outcome.Status);
    }

    [Fact]
    public async Task List_WhereThereIsNothing_SaysHowToBegin()
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        string nowhere = runs.In("nowhere");
        Assert.Equal(
            $"trainer: {nowhere}: no such folder; there are no results in {nowhere}: start a run with 'trainer run CONFIG', or name another folder with --out",
            (await trial.RunAsync("list", "--out", nowhere)).OneErrorLine());
        var sweep = SweepFolder.Of(runs.Root, "grid");
        CsvFile.Write(sweep.Index, ["cell", SweepFolder.FolderColumn], [["1", "../../gone/0-s1"]]);
        File.WriteAllText(sweep.Copy, "name: grid\n");
        ProgramOutcome emptied = await trial.RunAsync("list", "grid", "--out", runs.Root);
        Assert.Matches(@"grid: a sweep without runs; 'trainer sweep .*sweep\.yaml' trains them", emptied.OneErrorLine());
    }

    [Fact]
    public async Task ShowConfig_OfARun_IsItsFile_AndOfAFileWhatItWouldBe()
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        RunFolder folder = runs.Write(WrittenRuns.Sample(lr: 0.25));
        Assert.Equal(File.ReadAllText(folder.Config), (await trial.RunAsync("show-config", "relu", "--out", runs.Root)).Output);
        string file = trial.SmallConfig();
        string shown = (await trial.RunAsync("show-config", file, "--set", "optimizer.lr=0.5", "--flat")).Output;
        Assert.Contains("optimizer.lr=0.5\n", shown);
        Assert.Contains("batch_size=64\n", shown);
        using var keys = JsonDocument.Parse((await trial.RunAsync("show-config", folder.Path, "--json")).Output);
        Assert.Equal("0.25", keys.RootElement.GetProperty("optimizer.lr").GetString());
    }

    [Fact]
    public async Task Diff_OfTwoRuns_TellsKeysAndCommit_AndTheFirstEpochThatDiffers()
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        RunFolder one = runs.Write(WrittenRuns.Sample(), accuracies: [0.1, 0.5, 0.6]);
        RunFolder other = runs.Write(WrittenRuns.Sample(seed: 2, lr: 0.2), accuracies: [0.1, 0.5, 0.7], commit: "fedc");
        string text = (await trial.RunAsync("diff", one.Path, other.Path)).Output;
        Assert.Matches(@"\| optimizer\.lr +\| +0\.1 \| +0\.2 \|", text);
        Assert.Matches(@"\| seed +\| +1 \| +2 \|", text);
        Assert.Matches($@"\| commit +\| +{WrittenRuns.Commit} \| +fedc \|", text);
        Assert.DoesNotContain("data set", text);
        Assert.EndsWith("metrics.csv: first differ at epoch 2, in test_loss, test_accuracy", text.TrimEnd());
        using var json = JsonDocument.Parse((await trial.RunAsync("diff", one.Path, other.Path, "--json")).Output);
        Assert.Equal(2, json.RootElement.GetProperty("metrics").GetProperty("first_epoch").GetInt32());
    }

    [Fact]
    public async Task Diff_OfARunWithItself_AndOfConfigurations_SaysThatTheyAreTheSame()
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        RunFolder folder = runs.Write(WrittenRuns.Sample());
        ProgramOutcome same = await trial.RunAsync("diff", folder.Path, "relu", "--out", runs.Root);
        Assert.Equal(["the configurations are the same in every key", "metrics.csv: the same, to the last of 3 lines"],
            same.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        ProgramOutcome files = await trial.RunAsync("diff", folder.Config, folder.Config);
        Assert.Equal("the configurations are the same in every key", files.Output.Trim());
    }

    [Fact]
    public async Task Diff_OfAShorterRun_SaysHowFarTheyAgree()
    {
        using var trial = new ProgramTrial();
        using var runs = new WrittenRuns();
        RunFolder one = runs.Write(WrittenRuns.Sample(epochs: 1), accuracies: [0.1, 0.5]);
        RunFolder other = runs.Write(WrittenRuns.Sample(epochs: 2), accuracies: [0.1, 0.5, 0.7]);
        Assert.Contains("the same in the 2 lines that both have, of 2 and 3", (await trial.RunAsync("diff", one.Path, other.Path)).Output);
    }
}
