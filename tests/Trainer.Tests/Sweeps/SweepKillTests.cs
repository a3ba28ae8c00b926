using System.Diagnostics;
using Trainer.Data;
using Trainer.Results;
using Trainer.Sessions;
using Trainer.Tests.Processes;

namespace Trainer.Tests.Sweeps;

/// <summary>A sweep whose process is killed again and again ends as one that was left alone.</summary>
public class SweepKillTests
{
    private const int Kills = 5;
    private const string Text = "set: {data.validation: 40, epochs: 30}\ngrid: {optimizer.lr: [0.1, 1.0e+20, 0.05], batch_size: [16, 32, 64]}\nseeds: 1-2\n";

    [Fact]
    public async Task KilledSweep_EndsWithTheSameBytes_AndRunsNothingTwiceThatWasDone()
    {
        using var undisturbed = new SweepTrial(ChildProgram.TrainCount, ChildProgram.TestCount);
        Assert.Equal(5, (await undisturbed.RunAsync(Text)).Status);
        using var trial = new SweepTrial(ChildProgram.TrainCount, ChildProgram.TestCount);
        string[] command = ["sweep", trial.Write(Text), "--out", trial.Program.Results];
        var manifests = new Dictionary<string, string>();
        var random = new Random(1);
        int done = 0;
        for (int kills = 0; kills < Kills;)
        {
            if (await IsKilledAsync(trial, command, done, random.Next(30)))
            {
                kills++;
            }
            else
            {
                // On a busy machine all may be done before this looks again: the rest of the kills begin anew.
                Directory.Delete(trial.Program.Results, recursive: true);
                manifests.Clear();
                done = 0;
                continue;
            }
            done = Done(trial);
            foreach ((string folder, string manifest) in Finished(trial))
            {
                Assert.Equal(manifest, manifests.GetValueOrDefault(folder, manifest));
                manifests[folder] = manifest;
            }
        }
        Assert.Equal(5, (await trial.RunAsync(Text)).Status);
        Assert.NotEmpty(manifests);
        SortedDictionary<string, string> last = trial.Files("manifest.json");
        Assert.All(manifests, manifest => Assert.Equal(manifest.Value, last[manifest.Key]));
        Assert.Equal(File.ReadAllText(undisturbed.Folder.Index), File.ReadAllText(trial.Folder.Index));
        Assert.Equal(undisturbed.Files("metrics.csv"), trial.Files("metrics.csv"));
        Assert.Equal(undisturbed.Files("summary.json"), trial.Files("summary.json"));
    }

    /// <summary>Runs the sweep until another cell is done, and then some milliseconds into the next ones.</summary>
    /// <returns>Whether it was killed; false where it came to its end before.</returns>
    private static async Task<bool> IsKilledAsync(SweepTrial trial, string[] command, int done, int milliseconds)
    {
        using Process process = Begin(trial, command);
        while (!process.HasExited && Done(trial) <= done)
        {
            await Task.Delay(1);
        }
        await Task.Delay(milliseconds);
        bool isKilled = !process.HasExited;
        process.Kill();
        await process.WaitForExitAsync();
        return isKilled;
    }

    private static Process Begin(SweepTrial trial, string[] command)
    {
        // What the child leaves behind goes away with the trial.
        Process process = ChildProcess.Start(ChildProcess.Tests, new Dictionary<string, string> { ["TMPDIR"] = trial.Program.In() }, []);
        process.StandardInput.WriteLine(string.Join(ChildProgram.Separator, command));
        process.StandardInput.Flush();
        return process;
    }

    [SignalFact]
    public async Task SweepThatIsAskedToEnd_KeepsWhatIsDone_AsksToBeStartedAgain_AndGoesOn()
    {
        using var trial = new SweepTrial(ChildProgram.TrainCount, ChildProgram.TestCount);
        string[] command = ["sweep", trial.Write(Text), "--out", trial.Program.Results];
        using (Process process = Begin(trial, command))
        {
            while (!process.HasExited && Done(trial) < 2)
            {
                await Task.Delay(1);
            }
            using Process signal = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await process.WaitForExitAsync();
            Assert.Equal(85, process.ExitCode);
        }
        int done = Done(trial);
        Assert.InRange(done, 2, trial.Index.Length - 1);
        Assert.DoesNotContain(trial.Files("status.json").Values, status => status.Contains("\"running\""));
        Assert.Equal(5, (await trial.RunAsync(Text)).Status);
        Assert.Equal(trial.Index.Length, Done(trial));
    }

    [SignalFact]
    public Task SweepThatWaitsForAnotherProcess_AndIsAskedToEnd_AsksToBeStartedAgain() => WaitingAsync("");

    [SignalFact]
    public Task HalvingThatWaitsForAnotherProcess_AndIsAskedToEnd_ChoosesNoneWithoutTheCellItWaitsFor() => WaitingAsync("halving: {rungs: [1, 2]}\n");

    private static async Task WaitingAsync(string halving)
    {
        const string cells = "set: {data.validation: 40}\ngrid: {batch_size: [16, 32, 64]}\n";
        using var trial = new SweepTrial(ChildProgram.TrainCount, ChildProgram.TestCount);
        string[] command = ["sweep", trial.Write(cells + halving), "--out", trial.Program.Results];
        RunFolder taken = RunFolder.Of(trial.Program.Results, PreparedRun.Resolved(trial.Cells(cells + halving)[1].Experiment, EmbeddedGarments.Draw(20, 10)));
        using (new RunLock(taken))
        {
            using Process process = Begin(trial, command);
            process.StandardInput.Close();
            while (!process.HasExited && Done(trial) < 2)
            {
                await Task.Delay(1);
            }
            using Process signal = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await process.WaitForExitAsync();
            Assert.Equal(85, process.ExitCode);
        }
        Assert.Equal(["completed", "waiting", "completed"], trial.Index.Select(line => line.Split(',').First(part => part is "completed" or "waiting")));
        Assert.Equal(0, (await trial.RunAsync(cells + halving)).Status);
        Assert.Equal(trial.Index.Length, Done(trial));
    }

    /// <summary>How many cells the index says are done.</summary>
    private static int Done(SweepTrial trial) =>
        File.Exists(trial.Folder.Index) ? trial.Index.Count(line => line.Contains(",completed,") || line.Contains(",diverged,")) : 0;

    /// <summary>The manifests of the runs whose folders say that they ended.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Finished(SweepTrial trial)
    {
        SortedDictionary<string, string> states = trial.Files("status.json");
        return trial.Files("manifest.json").Where(manifest => states.TryGetValue(manifest.Key, out string? state)
            && (state.Contains("\"completed\"") || state.Contains("\"diverged\"")));
    }
}
