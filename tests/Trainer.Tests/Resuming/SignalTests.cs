using System.Text.Json;
using Trainer.Results;
using Trainer.Tests.Commands;
using Trainer.Tests.Processes;

namespace Trainer.Tests.Resuming;

/// <summary>Signals to a run at work, in a process of its own.</summary>
public class SignalTests
{
    // Nobody waits for the end of so many.
    private const string Endless = "epochs: 100000\ndata: {source: embedded, validation: 11}";

    [SignalTheory]
    [InlineData("TERM", 85)]
    [InlineData("HUP", 85)]
    [InlineData("USR1", 85)]
    [InlineData("USR2", 85)]
    [InlineData("INT", 130)]
    public async Task ASignal_EndsTheRunBehindACheckpoint_AndItGoesOnFromThere(string signal, int status)
    {
        using ProgramTrial trial = Trial(out string config);
        Assert.Equal(status, await StopAsync(trial, [signal], "run", config, "--out", trial.Results));
        var folder = new RunFolder(trial.RunFolder());
        (int epoch, int step) = Newest(folder);
        AssertInterrupted(folder, epoch, step);
        Assert.Equal(status, await StopAsync(trial, [signal], "resume", folder.Path));
        Assert.Equal((epoch, step), Continued(folder).Single());
        Assert.True(Newest(folder).CompareTo((epoch, step)) > 0);
        AssertInOrder(folder);
    }

    [SignalTheory]
    [InlineData(85, "TERM", "USR1", "HUP", "USR2", "TERM")]
    [InlineData(130, "TERM", "INT")]
    [InlineData(130, "INT", "TERM", "HUP")]
    public async Task ASecondSignal_DoesNotBreakOffTheCheckpoint(int status, params string[] signals)
    {
        using ProgramTrial trial = Trial(out string config);
        Assert.Equal(status, await StopAsync(trial, signals, "run", config, "--out", trial.Results));
        var folder = new RunFolder(trial.RunFolder());
        (int epoch, int step) = Newest(folder);
        AssertInterrupted(folder, epoch, step);
        Assert.Equal(85, await StopAsync(trial, ["TERM"], "resume", folder.Path));
        Assert.Equal((epoch, step), Continued(folder).Single());
    }

    [SignalFact]
    public async Task AProcessThatIsKilled_AgainAndAgain_LeavesALastCheckpoint_AndNothingTwice()
    {
        using ProgramTrial trial = Trial(out string config);
        for (int kills = 1; kills <= 3; kills++)
        {
            Assert.Equal(137, await StopAsync(trial, ["KILL"], "run", config, "--out", trial.Results));
        }
        var folder = new RunFolder(trial.RunFolder());
        Assert.Equal(2, Continued(folder).Length);
        Assert.Equal(Continued(folder).Order(), Continued(folder));
        AssertInOrder(folder);
    }

    [SignalFact]
    public async Task CellsOfASweep_ThatAreKilled_GoOnInTheMiddle()
    {
        using var trial = new ProgramTrial(ChildProgram.TrainCount, ChildProgram.TestCount);
        trial.SmallConfig("", name: "base");
        File.Move(trial.In("trial.yaml"), trial.In("base.yaml"));
        string sweep = trial.Config("name: s\nbase: base.yaml\nset: {epochs: 100000, data.source: embedded}\nseeds: 1-2\n", "s.yaml");
        string[] command = ["sweep", sweep, "--out", trial.Results, "--jobs", "2"];
        using (var first = new TrainingChild(trial, command))
        {
            await first.UntilRecordedAsync(runs: 2, epochs: 3);
            await first.SignalAsync("KILL");
            Assert.Equal(137, await first.EndAsync());
        }
        RunFolder[] cells = [.. Directory.GetDirectories(Path.Combine(trial.Results, "base")).Select(path => new RunFolder(path))];
        Assert.Equal(2, cells.Length);
        using (var second = new TrainingChild(trial, command))
        {
            await second.UntilAsync(() => cells.All(cell => Continued(cell).Length == 1));
            await second.SignalAsync("TERM");
            Assert.Equal(85, await second.EndAsync());
        }
        Assert.All(cells, cell => Assert.True(Continued(cell).Single().Epoch >= 2));
        Assert.All(cells, AssertInOrder);
    }

    private static ProgramTrial Trial(out string config)
    {
        var trial = new ProgramTrial(ChildProgram.TrainCount, ChildProgram.TestCount);
        config = trial.Config($"name: trial\nmodel: {{hidden: [16, 8], activation: relu}}\noptimizer: {{name: adam, lr: 0.001}}\nbatch_size: 8\n{Endless}\n");
        return trial;
    }

    /// <summary>Starts the program and stops it three epochs further.</summary>
    private static async Task<int> StopAsync(ProgramTrial trial, string[] signals, params string[] command)
    {
        int before = !Directory.Exists(trial.Results) ? 0 : Lines(new RunFolder(trial.RunFolder())).Length - 1;
        using var child = new TrainingChild(trial, command);
        await child.UntilRecordedAsync(runs: 1, before + 3);
        await child.SignalAsync(signals);
        return await child.EndAsync();
    }

    private static (int Epoch, int Step) Newest(RunFolder folder)
    {
        CheckpointPlace newest = CheckpointPlace.In(folder.Checkpoints)[0];
        return (newest.Epoch, newest.Step);
    }

    private static (int Epoch, int Step)[] Continued(RunFolder folder) =>
        [.. (Manifest.TryRead(folder)?.Continued ?? []).Select(one => (one.Epoch, one.Step))];

    private static void AssertInterrupted(RunFolder folder, int epoch, int step)
    {
        JsonElement status = JsonDocument.Parse(File.ReadAllText(folder.Status)).RootElement;
        string place = step == 0 ? $"epoch {epoch}" : $"epoch {epoch + 1}, step {step}";
        Assert.Equal(("interrupted", $"interrupted; goes on from {place}"), (status.GetProperty("state").GetString(), status.GetProperty("message").GetString()));
        Assert.True(epoch >= 3);
    }

    private static void AssertInOrder(RunFolder folder)
    {
        foreach (string file in new[] { folder.Metrics, folder.Timing })
        {
            string[] lines = File.ReadAllLines(file)[1..];
            Assert.Equal(Enumerable.Range(0, lines.Length).Select(epoch => $"{epoch}"), lines.Select(line => line.Split(',')[0]));
        }
    }

    private static string[] Lines(RunFolder folder) => File.ReadAllLines(folder.Metrics);
}
