using System.Text.Json;
using Trainer.Results;
using Trainer.Tests.Commands;
using Trainer.Tests.Processes;
using Trainer.Tests.Sweeps;

namespace Trainer.Tests.Clusters;

/// <summary><c>trainer sweep collect</c>: the index of a submitted sweep, from files alone.</summary>
[Trait("List", "cluster")]
public class CollectTests
{
    [FactOnUnix]
    public async Task Index_OfTasks_IsThatOfTheLocalSweep_ToTheByte_AndNoSchedulerIsAsked()
    {
        const string text = "set: {data.validation: 20}\ngrid: {optimizer.lr: [0.1, 0.2], model.hidden: [[8], [8, 8]]}\nseeds: 1-2\n";
        using var local = new SweepTrial(ChildProgram.TrainCount, ChildProgram.TestCount);
        Assert.Equal(0, (await local.RunAsync(text)).Status);
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync(text);
        await trial.DoneAsync([.. Enumerable.Range(1, 8).Reverse()]);
        Assert.False(File.Exists(trial.Sweep.Folder.Index));
        WithoutSlurm(trial);
        ProgramOutcome outcome = await trial.DoAsync("collect");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Contains("8 cells: 8 done", outcome.Output, StringComparison.Ordinal);
        Assert.EndsWith($"index:    {trial.Sweep.Folder.Index}\n", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(local.Folder.Index), await File.ReadAllTextAsync(trial.Sweep.Folder.Index));
        Assert.Equal(local.Files("metrics.csv"), trial.Sweep.Files("metrics.csv"));
        Assert.Equal(local.Files("summary.json"), trial.Sweep.Files("summary.json"));
        Assert.Equal(local.Files("curves.svg"), trial.Sweep.Files("curves.svg"));

        string[] done = [.. trial.Sweep.Files("manifest.json").Values];
        Assert.Equal(0, (await trial.DoAsync("collect")).Status);
        Assert.Equal(await File.ReadAllTextAsync(local.Folder.Index), await File.ReadAllTextAsync(trial.Sweep.Folder.Index));
        Assert.Equal(done, trial.Sweep.Files("manifest.json").Values);
        // The local sweep finds all of it done.
        Assert.Contains("8 of them there already", (await trial.Sweep.RunAsync(text)).Output, StringComparison.Ordinal);
    }

    [FactOnUnix]
    public async Task Index_OfCellsThatFailedAndDiverged_IsThatOfTheLocalSweep_TheStatusToo()
    {
        using var local = new SweepTrial(ChildProgram.TrainCount, ChildProgram.TestCount);
        Assert.Equal(1, (await local.RunAsync(StatusTests.Ends)).Status);
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync(StatusTests.Ends);
        for (int cell = 1; cell <= 3; cell++)
        {
            await trial.TaskAsync(cell);
        }
        WithoutSlurm(trial);
        ProgramOutcome outcome = await trial.DoAsync("collect");
        Assert.Equal((1, ""), (outcome.Status, outcome.Error));
        Assert.Contains("cell 1 (trial seed 1, ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("3 cells: 1 done, 1 diverged, 1 failed", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(local.Folder.Index), await File.ReadAllTextAsync(trial.Sweep.Folder.Index));
    }

    [FactOnUnix]
    public async Task Status_Is85_WhileCellsAreToBeDone_5WhereOneDiverged_1WhereOneFailed_AndElse0()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("set: {batch_size: 300}\ngrid: {optimizer: [{name: sgd, lr: 0.1}, {name: sgd, lr: 0.2}, {name: sgd, lr: 1.0e+20}, {name: line_search, t0: 1.0e+9, max_trials: 2}]}\n");
        WithoutSlurm(trial);
        Assert.Equal(85, (await trial.DoAsync("collect")).Status);
        (int, int)[] expected = [(1, 85), (3, 5), (2, 5), (4, 1)];
        foreach ((int cell, int status) in expected)
        {
            await trial.TaskAsync(cell);
            Assert.Equal(status, (await trial.DoAsync("collect")).Status);
        }
        Assert.Equal(["completed", "completed", "diverged", "failed"], States(trial));
    }

    [FactOnUnix]
    public async Task HalfDoneSweep_IsCollected_WithWhatIsThere_AndSaysHowToLookAtTheRest()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        await trial.DoneAsync(2, 5);
        ProgramOutcome outcome = await trial.DoAsync("collect");
        Assert.Equal((85, ""), (outcome.Status, outcome.Error));
        Assert.Contains($"not all are done: 'trainer sweep status {trial.Sweep.Folder.Path}'", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(["waiting", "completed", "waiting", "waiting", "completed", "waiting"], States(trial));
        string half = trial.Sweep.Index[1];
        await trial.DoneAsync(1, 3, 4, 6);
        Assert.Equal(0, (await trial.DoAsync("collect")).Status);
        Assert.Equal(half, trial.Sweep.Index[1]);
        Assert.DoesNotContain("waiting", States(trial));
    }

    [FactOnUnix]
    public async Task CellThatIsAtWork_IsToBeDone_AndNothingOfItIsTouched()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        await trial.DoneAsync(1, 2);
        trial.Unfinish(2, trial.Clock.Now);
        RunFolder run = trial.RunOf(2);
        File.Delete(run.Curves);
        string[] before = Snapshot(run);
        using (new RunLock(run))
        {
            Assert.Equal(85, (await trial.DoAsync("collect")).Status);
        }
        Assert.Equal(["completed", "waiting"], States(trial));
        Assert.Equal(before, Snapshot(run));
    }

    [FactOnUnix]
    public async Task RunWhoseProcessWasKilledBehindItsSummary_IsFinished()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        await trial.DoneAsync(1, 2);
        RunFolder run = trial.RunOf(1);
        string curves = await File.ReadAllTextAsync(run.Curves);
        string summary = await File.ReadAllTextAsync(run.Summary);
        trial.Unfinish(1, trial.Clock.Now);
        await File.WriteAllTextAsync(run.Summary, summary);
        File.Delete(run.Curves);
        WithoutSlurm(trial);
        Assert.Equal(0, (await trial.DoAsync("collect")).Status);
        Assert.Equal(curves, await File.ReadAllTextAsync(run.Curves));
        Assert.Equal((RunState.Completed, 2), (RunStatus.TryRead(run)!.State, RunStatus.TryRead(run)!.Epoch));
    }

    [FactOnUnix]
    public async Task Json_HasALineACell_AsTheLocalSweepHas()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        await trial.DoneAsync(2);
        ProgramOutcome outcome = await trial.DoAsync("collect", "--json");
        Assert.Equal(85, outcome.Status);
        JsonElement[] cells = [.. outcome.Output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["waiting", "completed"], cells.Select(cell => cell.GetProperty("state").GetString()));
        Assert.Equal(2, cells[1].GetProperty("last").GetProperty("epoch").GetInt32());
        await trial.DoneAsync(1);
        // Where all are done already, the local sweep prints the same lines.
        Assert.Equal((await trial.Sweep.RunAsync("seeds: 1-2\n", "--json")).Output, (await trial.DoAsync("collect", "--json")).Output);
    }

    [FactOnUnix]
    public async Task CollectedSweep_CanBeCompared()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        await trial.DoneAsync(1, 2, 3, 4, 5, 6);
        Assert.Equal(0, (await trial.DoAsync("collect")).Status);
        ProgramOutcome outcome = await trial.Sweep.Program.RunAsync("compare", trial.Sweep.Folder.Path, "--out", trial.Sweep.Program.In("comparison"));
        Assert.True(outcome.Status == 0, outcome.Error);
        Assert.Contains("0.2", outcome.Output, StringComparison.Ordinal);
    }

    [FactOnUnix]
    public async Task TwoCollectors_DoNotWriteAtOnce()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        using (new RunLock(trial.Sweep.Folder.Path))
        {
            ProgramOutcome outcome = await trial.DoAsync("collect");
            Assert.Equal(1, outcome.Status);
            Assert.Contains("another process is at work in it", outcome.OneErrorLine(), StringComparison.Ordinal);
        }
        Assert.False(File.Exists(trial.Sweep.Folder.Index));
    }

    private static void WithoutSlurm(ClusterTrial trial)
    {
        foreach (string program in (string[])["sbatch", "squeue", "scancel", "scontrol", "sacct"])
        {
            trial.Slurm.Remove(program);
        }
    }

    private static string[] States(ClusterTrial trial)
    {
        IReadOnlyList<string[]> lines = CsvFile.ReadText(trial.Sweep.Folder.Index);
        int column = Array.IndexOf(lines[0], "state");
        return [.. lines.Skip(1).Select(line => line[column])];
    }

    private static string[] Snapshot(RunFolder run) =>
        [.. Directory.EnumerateFiles(run.Path, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != RunLock.FileName)
            .Order(StringComparer.Ordinal).Select(file => $"{file} {File.GetLastWriteTimeUtc(file):O} {File.ReadAllText(file).Length}")];
}
