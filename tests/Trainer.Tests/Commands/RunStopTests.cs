using System.Text.Json;

namespace Trainer.Tests.Commands;

/// <summary>Runs that are complete before their last epoch, and what their folders say of it.</summary>
public class RunStopTests
{
    private const string Still = "{name: sgd, lr: 1.0e-30}";
    private const string Patience = "data: {validation: 100}\nearly_stopping: {patience: 1}";

    [Fact]
    public async Task EarlyStopping_IsToldOnTheTerminal_InTheSummary_AndInTheStatus()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.TrainAsync(trial.SmallConfig(Patience, Still));
        Assert.Equal(0, outcome.Status);
        JsonElement stopped = Json(trial.Read("summary.json")).GetProperty("stopped");
        Assert.Equal(("early_stopping", 1), (stopped.GetProperty("cause").GetString(), stopped.GetProperty("epoch").GetInt32()));
        string line = $"stopped early after epoch 1 of 2: {stopped.GetProperty("reason").GetString()}";
        Assert.Contains(line, outcome.Output);
        Assert.Contains("* the best epoch by validation loss", outcome.Output);
        JsonElement status = Json(trial.Read("status.json"));
        Assert.Equal(("completed", line), (status.GetProperty("state").GetString(), status.GetProperty("message").GetString()));
        Assert.Contains("early_stopping:\n  patience: 1\n  min_delta: 0\n  monitor: val_loss\n", trial.Read("config.yaml"));
        Assert.Equal(3, trial.Read("metrics.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task RunThatStoppedEarly_IsDone_AndSaysSoAgain()
    {
        using var trial = new ProgramTrial();
        string config = trial.SmallConfig(Patience, Still);
        await trial.TrainAsync(config);
        string summary = trial.Read("summary.json");
        ProgramOutcome again = await trial.TrainAsync(config);
        Assert.Contains("already done", again.Output);
        Assert.Contains("stopped early after epoch 1 of 2", again.Output);
        ProgramOutcome json = await trial.TrainAsync(config, "--json");
        JsonElement end = Json(json.Output);
        Assert.Equal(1, end.GetProperty("stopped").GetProperty("epoch").GetInt32());
        await trial.TrainAsync(config, "--force");
        Assert.Equal(summary, trial.Read("summary.json"));
    }

    [Fact]
    public async Task RunOfAllEpochs_SaysNothingOfStopping()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.TrainAsync(trial.SmallConfig("data: {validation: 100}"), "--json");
        Assert.DoesNotContain("stopped", outcome.Output + trial.Read("summary.json"));
        Assert.Equal(JsonValueKind.Null, Json(trial.Read("status.json")).GetProperty("message").ValueKind);
        Assert.DoesNotContain("early_stopping", trial.Read("config.yaml"));
    }

    [Fact]
    public async Task LineSearch_RecordsEachStep_AndItsSizeAsTheRate()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.TrainAsync(trial.SmallConfig("", "line_search"), "--set", "batch_size=500");
        Assert.Equal((0, true), (outcome.Status, outcome.Output.Contains("line search alpha 0.3 beta 0.8 t0 1, all rows")));
        string[] steps = trial.Read("line_search.csv").TrimEnd('\n').Split('\n');
        string[] epochs = trial.Read("metrics.csv").TrimEnd('\n').Split('\n');
        Assert.Equal("step,t,trials,loss_before,loss_after,gradient_squared", steps[0]);
        Assert.Equal(3, steps.Length);
        for (int epoch = 1; epoch <= 2; epoch++)
        {
            string[] step = steps[epoch].Split(','), before = epochs[epoch].Split(','), after = epochs[epoch + 1].Split(',');
            Assert.Equal([after[1], after[2], before[5], after[5]], [step[0], step[1], step[3], step[4]]);
        }
        // What another run leaves there is not mixed with it.
        await trial.TrainAsync(trial.SmallConfig("", "line_search"), "--set", "batch_size=500", "--force", "--threads", "2");
        Assert.Equal(steps, trial.Read("line_search.csv").TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task LineSearch_AtTheMinimum_IsComplete()
    {
        using var trial = new ProgramTrial();
        // So short a step moves no parameter.
        ProgramOutcome outcome = await trial.TrainAsync(trial.SmallConfig("", "{name: line_search, t0: 1.0e-30}"), "--set", "batch_size=500");
        Assert.Equal(0, outcome.Status);
        Assert.Contains("converged after epoch 0 of 2: no step of the line search lowers the training loss", outcome.Output);
        Assert.Equal("converged", Json(trial.Read("summary.json")).GetProperty("stopped").GetProperty("cause").GetString());
    }

    [Fact]
    public async Task LineSearch_WhoseSizesAreAllTooLong_HasFailed_AndKeepsWhatWasRecorded()
    {
        using var trial = new ProgramTrial();
        string config = trial.SmallConfig("", "{name: line_search, t0: 1.0e+9, max_trials: 2}");
        ProgramOutcome outcome = await trial.TrainAsync(config, "--set", "batch_size=500");
        const string problem =
            "line search, step 1: none of the 2 sizes from 1E+09 down to 8E+08 lowers the training loss enough; raise optimizer.max_trials or lower optimizer.t0";
        Assert.Equal((1, $"trainer: {problem}"), (outcome.Status, outcome.LastErrorLine()));
        JsonElement status = Json(trial.Read("status.json"));
        Assert.Equal(("failed", problem), (status.GetProperty("state").GetString(), status.GetProperty("message").GetString()));
        Assert.Equal(2, trial.Read("metrics.csv").TrimEnd('\n').Split('\n').Length);
        Assert.True(File.Exists(Path.Combine(trial.RunFolder(), "checkpoints", "last.safetensors")));
        Assert.True(File.Exists(Path.Combine(trial.RunFolder(), "curves.svg")));
        Assert.False(File.Exists(Path.Combine(trial.RunFolder(), "summary.json")));
        Assert.Equal(1, (await trial.TrainAsync(config, "--set", "batch_size=500")).Status);
    }

    [Theory]
    [InlineData("schedule={name: reduce_on_plateau, monitor: train_loss}", "schedule: reduce_on_plateau follows what the run measures, so there is nothing to draw before it")]
    [InlineData("optimizer={name: line_search}", "optimizer: line_search finds its step sizes during the run, so there is nothing to draw before it")]
    public async Task PlotSchedule_OfRatesThatTheRunFinds_IsRefusedInALine(string set, string problem)
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.RunAsync("plot", "--schedule", trial.SmallConfig(), "--set", set, "-o", trial.In("rate.svg"));
        Assert.Equal(2, outcome.Status);
        Assert.Contains(problem, outcome.Error);
        Assert.Single(outcome.Error.TrimEnd('\n').Split('\n'));
        Assert.False(File.Exists(trial.In("rate.svg")));
    }

    [Fact]
    public async Task Trace_OfALineSearch_IsRefusedInALine()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.TrainAsync(trial.SmallConfig("", "line_search"), "--set", "batch_size=500", "--trace", "1");
        Assert.Equal(2, outcome.Status);
        Assert.Contains("--trace: records steps of an update rule, and line_search makes none", outcome.Error);
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
