using System.Diagnostics;
using Trainer.Sweeps;
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
        for (int kill = 0; kill < Kills; kill++)
        {
            using Process process = ChildProcess.Start(ChildProcess.Tests, new Dictionary<string, string> { ["TMPDIR"] = trial.Program.In() }, []);
            process.StandardInput.WriteLine(string.Join(ChildProgram.Separator, command));
            process.StandardInput.Flush();
            // Until another cell is done, and then some milliseconds into the next ones.
            while (!process.HasExited && Done(trial) <= done)
            {
                await Task.Delay(1);
            }
            await Task.Delay(random.Next(30));
            Assert.False(process.HasExited, "the sweep was over before it could be killed; give it more cells");
            process.Kill();
            await process.WaitForExitAsync();
            done = Done(trial);
            foreach ((string folder, string manifest) in Finished(trial))
            {
                Assert.Equal(manifest, manifests.GetValueOrDefault(folder, manifest));
                manifests[folder] = manifest;
            }
        }
        Assert.Equal(5, (await trial.RunAsync(Text)).Status);
        Assert.True(manifests.Count >= Kills, "each process had something done");
        SortedDictionary<string, string> last = trial.Files("manifest.json");
        Assert.All(manifests, manifest => Assert.Equal(manifest.Value, last[manifest.Key]));
        Assert.Equal(File.ReadAllText(undisturbed.Folder.Index), File.ReadAllText(trial.Folder.Index));
        Assert.Equal(undisturbed.Files("metrics.csv"), trial.Files("metrics.csv"));
        Assert.Equal(undisturbed.Files("summary.json"), trial.Files("summary.json"));
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
