using System.Text.Json;
using Trainer.Results;
using Trainer.Sweeps;
using Trainer.Tests.Commands;

namespace Trainer.Tests.Sweeps;

/// <summary>Sweeps, end to end.</summary>
public class SweepCommandTests
{
    private const string Header = "state,epoch,train_loss,train_accuracy,val_loss,val_accuracy,test_loss,test_accuracy,digest,message,folder";

    [Fact]
    public async Task Sweep_RunsEveryCell_AndWritesAnIndexOfWhatTheFoldersHold()
    {
        using var trial = new SweepTrial();
        ProgramOutcome outcome = await trial.RunAsync("grid: {batch_size: [32, 64], model.hidden: [[8], [8, 8]]}\nseeds: 1-2\n");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Contains("8 cells: 8 done", outcome.Output);
        Assert.Contains(trial.Folder.Index, outcome.Output);
        string[] lines = File.ReadAllText(trial.Folder.Index).Split('\n');
        Assert.Equal("cell,name,hash,seed,batch_size,model.hidden," + Header, lines[0]);
        Assert.Equal((10, ""), (lines.Length, lines[^1]));
        Assert.StartsWith("1,trial,", lines[1]);
        Assert.Contains(",1,32,[8],completed,2,", lines[1]);
        Assert.Contains(",2,64,\"[8, 8]\",completed,2,", lines[8]);
        foreach (string line in lines[1..^1])
        {
            // The numbers are those of the run's own file, to the digit.
            string folder = Path.GetFullPath(Path.Combine(trial.Folder.Path, line[(line.LastIndexOf(',') + 1)..]));
            string[] metrics = File.ReadAllText(Path.Combine(folder, "metrics.csv")).TrimEnd('\n').Split('\n')[^1].Split(',');
            Assert.EndsWith($",{metrics[0]},{string.Join(',', metrics[5..12])},,../../trial/{Path.GetFileName(folder)}", line);
            Assert.True(File.Exists(Path.Combine(folder, "curves.svg")));
        }
    }

    [Fact]
    public async Task Metrics_OfACell_AreThoseOfTheRunAlone_WhateverItsNeighboursAndThreads()
    {
        using var trial = new SweepTrial();
        const string text = "set: {data.validation: 40, input_noise: {std: 0.05}}\ngrid: {batch_size: [32, 64], model.dropout: [0, 0.2]}\nseeds: 1-2\n";
        await trial.RunAsync(text, "--threads", "3");
        SortedDictionary<string, string> together = trial.Files("metrics.csv");
        string index = File.ReadAllText(trial.Folder.Index);
        Assert.Equal(8, together.Count);
        foreach (string[] how in (string[][])[["--threads", "1"], ["--jobs", "8"], ["--threads", "4", "--jobs", "1"]])
        {
            string other = trial.Program.In("other" + string.Concat(how));
            Assert.Equal(0, (await trial.Program.RunAsync(["sweep", trial.Write(text), "--out", other, .. how])).Status);
            Assert.Equal(together, trial.Files("metrics.csv", other));
            Assert.Equal(index, File.ReadAllText(SweepFolder.Of(other, "s").Index));
        }
        string alone = trial.Program.In("alone");
        await trial.Program.RunAsync("run", trial.Program.In("base.yaml"), "--out", alone, "--seed", "2", "--set", "data.validation=40", "--set", "input_noise.std=0.05", "--set", "batch_size=32", "--set", "model.dropout=0.2");
        (string folder, string metrics) = Assert.Single(trial.Files("metrics.csv", alone));
        Assert.Equal(metrics, together[folder]);
        await trial.RunAsync("set: {data.validation: 40, batch_size: 32, input_noise: {std: 0.05}}\ngrid: {model.dropout: [0.2, 0.4]}\nseeds: 2\n", "--force");
        Assert.Equal(metrics, trial.Files("metrics.csv")[folder]);
    }

    [Fact]
    public async Task CellThatIsDone_IsSkipped_WhoeverDidIt_AndForceRepeatsIt()
    {
        using var trial = new SweepTrial();
        await trial.Program.TrainAsync(trial.Program.In("base.yaml"), "--set", "batch_size=32");
        string done = trial.Files("manifest.json").Single().Value;
        ProgramOutcome outcome = await trial.RunAsync("grid: {batch_size: [32, 64]}\n");
        Assert.Contains("2 cells, 1 of them there already", outcome.Output);
        SortedDictionary<string, string> manifests = trial.Files("manifest.json");
        Assert.Contains(done, manifests.Values);
        string index = File.ReadAllText(trial.Folder.Index);
        Assert.Contains("2 cells, 2 of them there already", (await trial.RunAsync("grid: {batch_size: [32, 64]}\n")).Output);
        Assert.Equal(manifests, trial.Files("manifest.json"));
        Assert.Equal(index, File.ReadAllText(trial.Folder.Index));
        await trial.RunAsync("grid: {batch_size: [32, 64]}\n", "--force");
        Assert.DoesNotContain(done, trial.Files("manifest.json").Values);
        Assert.Equal(index, File.ReadAllText(trial.Folder.Index));
    }

    [Fact]
    public async Task CellThatDiverges_StopsNoOther_IsLeftAlone_AndRetryRunsItAgain()
    {
        using var trial = new SweepTrial();
        const string text = "grid: {optimizer.lr: [1.0e+20, 0.1]}\n";
        ProgramOutcome outcome = await trial.RunAsync(text);
        Assert.Equal((5, ""), (outcome.Status, outcome.Error));
        Assert.Contains("2 cells: 1 done, 1 diverged", outcome.Output);
        Assert.Contains("cell 1 (trial seed 1, optimizer.lr 1.0e+20): diverged: the loss became", outcome.Output);
        Assert.Contains(",1,1.0e+20,diverged,", trial.Index[0]);
        Assert.Contains("diverged: the loss became", trial.Index[0]);
        Assert.Contains(",1,0.1,completed,2,", trial.Index[1]);
        string index = File.ReadAllText(trial.Folder.Index);
        SortedDictionary<string, string> manifests = trial.Files("manifest.json");
        outcome = await trial.RunAsync(text);
        Assert.Equal(5, outcome.Status);
        Assert.Contains("left alone (--retry runs them again)", outcome.Output);
        Assert.Equal(manifests, trial.Files("manifest.json"));
        Assert.Equal(index, File.ReadAllText(trial.Folder.Index));
        // Another data set's failure is none of this one's.
        string other = Path.Combine(trial.Program.Results, trial.Files("status.json").Single(status => status.Value.Contains("diverged")).Key, "manifest.json");
        File.WriteAllText(other, File.ReadAllText(other).Replace("\"data_hash\": \"", "\"data_hash\": \"0"));
        await trial.RunAsync(text);
        Assert.DoesNotContain("\"data_hash\": \"0", File.ReadAllText(other));
        manifests = trial.Files("manifest.json");
        outcome = await trial.RunAsync(text, "--retry");
        Assert.Equal(5, outcome.Status);
        Assert.Equal(1, trial.Files("manifest.json").Count(manifest => manifests[manifest.Key] == manifest.Value));
        Assert.Equal(index, File.ReadAllText(trial.Folder.Index));
    }

    [Fact]
    public async Task CellThatFails_StopsNoOther_AndTheStatusIsOne_EvenBesideOneThatDiverged()
    {
        using var trial = new SweepTrial();
        ProgramOutcome outcome = await trial.RunAsync(
            "set: {batch_size: 300}\ngrid: {optimizer: [{name: line_search, t0: 1.0e+9, max_trials: 2}, {name: sgd, lr: 1.0e+20}, {name: sgd, lr: 0.1}]}\n");
        Assert.Equal((1, ""), (outcome.Status, outcome.Error));
        Assert.Contains("3 cells: 1 done, 1 diverged, 1 failed", outcome.Output);
        Assert.Contains("failed: line search, step 1: none of the 2 sizes", outcome.Output);
        Assert.Contains(",failed,0,", trial.Index[0]);
        Assert.Contains(",completed,2,", trial.Index[2]);
    }

    [Fact]
    public async Task UnfinishedCell_IsRunAgain_FromItsBeginning()
    {
        using var trial = new SweepTrial();
        await trial.RunAsync("grid: {batch_size: [32, 64]}\n");
        (SortedDictionary<string, string> metrics, string index) = (trial.Files("metrics.csv"), File.ReadAllText(trial.Folder.Index));
        string folder = Path.Combine(trial.Program.Results, metrics.Keys.First());
        // As a process that was killed leaves it, and another that had ended its run and not yet drawn it.
        File.Delete(Path.Combine(folder, "summary.json"));
        (string undrawn, string drawing) = trial.Files("curves.svg").Last();
        File.Delete(Path.Combine(trial.Program.Results, undrawn, "curves.svg"));
        File.WriteAllLines(Path.Combine(folder, "metrics.csv"), File.ReadAllLines(Path.Combine(folder, "metrics.csv"))[..2]);
        ProgramOutcome outcome = await trial.RunAsync("grid: {batch_size: [32, 64]}\n");
        Assert.Contains("2 cells, 1 of them there already", outcome.Output);
        Assert.Equal(metrics, trial.Files("metrics.csv"));
        Assert.Equal(drawing, trial.Files("curves.svg")[undrawn]);
        Assert.Equal(index, File.ReadAllText(trial.Folder.Index));
    }

    [Fact]
    public async Task CellInWhoseFolderAnotherIsAtWork_IsWaitedFor_WhileTheOthersRun()
    {
        using var trial = new SweepTrial();
        const string text = "grid: {batch_size: [32, 64]}\n";
        await trial.RunAsync(text);
        string index = File.ReadAllText(trial.Folder.Index);
        string[] folders = [.. trial.Files("metrics.csv").Keys.Select(key => Path.Combine(trial.Program.Results, key))];
        Array.ForEach(folders, folder => File.Delete(Path.Combine(folder, "summary.json")));
        Task<ProgramOutcome> sweep;
        using (new RunLock(folders[0]))
        {
            sweep = Task.Run(() => trial.RunAsync(text));
            var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            while (!File.Exists(Path.Combine(folders[1], "summary.json")))
            {
                await Task.Delay(20, patience.Token);
            }
            Assert.False(sweep.IsCompleted);
        }
        Assert.Equal(0, (await sweep).Status);
        Assert.Equal(index, File.ReadAllText(trial.Folder.Index));
    }

    [Fact]
    public async Task SweepFolder_IsForOneProcessAtATime()
    {
        using var trial = new SweepTrial();
        using (new RunLock(trial.Folder.Path))
        {
            ProgramOutcome outcome = await trial.RunAsync("seeds: 1-2\n");
            Assert.Equal(1, outcome.Status);
            Assert.StartsWith($"trainer: {trial.Folder.Path}: another process is at work in it (process {Environment.ProcessId} on ", outcome.OneErrorLine());
        }
        Assert.False(File.Exists(trial.Folder.Index));
    }

    [Fact]
    public async Task DryRun_ListsCellsWithTheirStates_AndRunsNothing()
    {
        using var trial = new SweepTrial();
        await trial.Program.TrainAsync(trial.Program.In("base.yaml"), "--set", "optimizer.lr=1.0e+20");
        await trial.Program.TrainAsync(trial.Program.In("base.yaml"), "--seed", "2");
        SortedDictionary<string, string> manifests = trial.Files("manifest.json");
        ProgramOutcome outcome = await trial.RunAsync("grid: {optimizer.lr: [1.0e+20, 0.1]}\nseeds: 1-2\n", "--dry-run");
        string[] lines = outcome.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(0, outcome.Status);
        Assert.StartsWith("cell 1 (trial seed 1, optimizer.lr 1.0e+20): diverged; ", lines[0]);
        Assert.StartsWith("cell 2 (trial seed 2, optimizer.lr 1.0e+20): to do; ", lines[1]);
        Assert.StartsWith("cell 4 (trial seed 2, optimizer.lr 0.1): done; ", lines[3]);
        Assert.Equal("4 cells: 1 done, 1 diverged, 2 to do", lines[4]);
        Assert.Equal(manifests, trial.Files("manifest.json"));
        Assert.False(Directory.Exists(trial.Folder.Path));
    }

    [Fact]
    public async Task DryRun_FetchesNothing()
    {
        using var trial = new SweepTrial();
        ProgramOutcome outcome = await trial.RunAsync("set: {data.source: auto}\nseeds: 1-2\n", "--dry-run");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Contains("2 cells; Fashion-MNIST is not on this machine yet", outcome.Output);
    }

    [Fact]
    public async Task Json_IsALineACell()
    {
        using var trial = new SweepTrial();
        foreach (bool skipped in new[] { false, true })
        {
            ProgramOutcome outcome = await trial.RunAsync("grid: {batch_size: [32, 64]}\nseeds: 5\n", "--json");
            JsonElement[] lines = [.. outcome.Output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)
                .OrderBy(line => line.GetProperty("cell").GetInt32())];
            Assert.Equal((0, 2), (outcome.Status, lines.Length));
            Assert.All(lines, line => Assert.Equal(("completed", skipped), (line.GetProperty("state").GetString(), line.GetProperty("skipped").GetBoolean())));
            Assert.Equal("64", lines[1].GetProperty("varied").GetProperty("batch_size").GetString());
            Assert.Equal(2, lines[1].GetProperty("last").GetProperty("epoch").GetInt32());
            Assert.True(File.Exists(Path.Combine(lines[1].GetProperty("folder").GetString()!, "summary.json")));
        }
    }

    [Fact]
    public async Task Halving_SendsTheBestOnByValidation_AndTheIndexHasTheRungs()
    {
        using var trial = new SweepTrial();
        const string text = "set: {data.validation: 60}\ngrid: {optimizer.lr: [1.0e-6, 0.1, 1.0e+20, 0.05]}\nseeds: 1-2\nhalving: {rungs: [1, 2, 4]}\n";
        ProgramOutcome outcome = await trial.RunAsync(text);
        Assert.Equal(5, outcome.Status);
        string[][] rows = [.. trial.Index.Select(line => line.Split(','))];
        Assert.Equal("cell,rung,name,hash,seed,optimizer.lr," + Header, File.ReadLines(trial.Folder.Index).First());
        Assert.Equal([8, 4, 2], rows.GroupBy(row => row[1]).Select(rung => rung.Count()));
        for (int rung = 1; rung < 3; rung++)
        {
            // Of four groups two go on, of two one: those of the largest mean over their seeds, looked up in the rows themselves.
            IEnumerable<string> best = rows.Where(row => row[1] == $"{rung}").GroupBy(row => row[5])
                .Where(group => group.All(row => row[6] == "completed"))
                .OrderByDescending(group => group.Average(row => double.Parse(row[11], System.Globalization.CultureInfo.InvariantCulture)))
                .Take(4 >> rung).Select(group => group.Key).Order(StringComparer.Ordinal);
            Assert.Equal(best, rows.Where(row => row[1] == $"{rung + 1}").Select(row => row[5]).Distinct().Order(StringComparer.Ordinal));
        }
        string winner = rows[^1][5];
        Assert.Contains("s: 4 settings x 2 seeds, halved over rungs of 1, 2, 4 epochs; data:", outcome.Output);
        Assert.Contains("rung 1, 1 epoch: 8 cells\n", outcome.Output);
        Assert.Contains($"best:     trial lr={winner}: mean validation accuracy ", outcome.Output);
        Assert.DoesNotContain("go on from", outcome.Output);
        Assert.Equal(["1", "2", "4"], rows.Where(row => row[6] == "completed").Select(row => row[7]).Distinct());
        string index = File.ReadAllText(trial.Folder.Index);
        SortedDictionary<string, string> manifests = trial.Files("manifest.json");
        await trial.RunAsync(text);
        Assert.Equal(index, File.ReadAllText(trial.Folder.Index));
        Assert.Equal(manifests, trial.Files("manifest.json"));
    }

    [Fact]
    public async Task SeveralConfigurations_AndSeeds_RunSideBySide_WithoutAnIndex()
    {
        using var trial = new SweepTrial();
        string other = trial.Program.Config(SweepTrial.Base.Replace("trial", "other"), "other.yaml");
        ProgramOutcome outcome = await trial.Program.TrainAsync(trial.Program.In("base.yaml"), other, "--seeds", "1-2", "--epochs", "1");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Contains("4 cells: 4 done", outcome.Output);
        Assert.Contains($"runs:     {Path.Combine(trial.Program.Results, "trial")}, {Path.Combine(trial.Program.Results, "other")}", outcome.Output);
        Assert.Equal(4, trial.Files("summary.json").Count);
        Assert.False(Directory.Exists(Path.Combine(trial.Program.Results, "sweeps")));
        outcome = await trial.Program.TrainAsync(trial.Program.In("base.yaml"), "--seeds", "2", "--epochs", "1", "--json");
        JsonElement line = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.Equal((true, 2), (line.GetProperty("skipped").GetBoolean(), line.GetProperty("seed").GetInt32()));
    }

    [Fact]
    public async Task SeveralConfigurations_AreReadWithOverrides_AndFailedOnesAreRunAgain()
    {
        using var trial = new SweepTrial();
        string[] arguments = ["--seeds", "1-2", "--set", "optimizer.lr=1.0e+20"];
        Assert.Equal(5, (await trial.Program.TrainAsync(trial.Program.In("base.yaml"), arguments)).Status);
        SortedDictionary<string, string> manifests = trial.Files("manifest.json");
        Assert.Equal(5, (await trial.Program.TrainAsync(trial.Program.In("base.yaml"), arguments)).Status);
        Assert.All(trial.Files("manifest.json"), manifest => Assert.NotEqual(manifests[manifest.Key], manifest.Value));
        Assert.All(trial.Files("config.yaml"), config => Assert.Contains("lr: 1.0e+20", config.Value));
    }
}
