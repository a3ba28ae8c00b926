using System.Globalization;
using System.Text.Json;
using Trainer.Results;
using Trainer.Schedules;

namespace Trainer.Tests.Commands;

/// <summary>The main job, end to end, on a small embedded set.</summary>
public class RunCommandTests
{
    [Fact]
    public async Task Run_WithoutDataAndNetwork_TrainsOnTheEmbeddedGarments_AndSaysSoEverywhere()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.TrainAsync(trial.SmallConfig());
        Assert.Equal(0, outcome.Status);
        Assert.Contains("USING THE EMBEDDED GARMENTS INSTEAD", outcome.Error);
        Assert.Contains("NOT Fashion-MNIST", outcome.Output);
        Assert.Contains("source: embedded", trial.Read("config.yaml"));
        Assert.Contains("embedded-garments", trial.Read("curves.svg"));
        Assert.Equal("embedded-garments", Json(trial, "manifest.json").GetProperty("data_set").GetString());
        Assert.Equal("embedded-garments", Json(trial, "summary.json").GetProperty("data_set").GetString());
    }

    [Fact]
    public async Task Run_WritesEveryFile_AndNoOther()
    {
        using var trial = new ProgramTrial();
        await trial.TrainAsync(trial.SmallConfig("data: {validation: 100}"), "--trace", "5");
        string folder = trial.RunFolder();
        string[] files = [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        Assert.Equal(
            [
                ".lock", "SHA256SUMS", "checkpoints/best.safetensors", "checkpoints/last.safetensors", "config.yaml", "curves.svg", "digests.csv",
                "manifest.json", "metrics.csv", "status.json", "summary.json", "timing.csv",
                "trace/gradient.safetensors", "trace/initial.safetensors", "trace/steps.csv",
            ],
            files);
        Assert.Equal("completed", Json(trial, "status.json").GetProperty("state").GetString());
        Assert.Matches("^[0-9a-f]{8}-s1$", Path.GetFileName(folder));
    }

    [Fact]
    public async Task Metrics_HaveTheirHeader_ARowForTheUntrainedNet_AndEmptyFieldsForWhatWasNotMeasured()
    {
        using var trial = new ProgramTrial();
        await trial.TrainAsync(trial.SmallConfig("evaluate_train: false"));
        string[] lines = trial.Read("metrics.csv").TrimEnd('\n').Split('\n');
        Assert.Equal(
            "epoch,step,lr,running_loss,running_accuracy,train_loss,train_accuracy,val_loss,val_accuracy,test_loss,test_accuracy,digest",
            lines[0]);
        Assert.Equal(4, lines.Length);
        string[] untrained = lines[1].Split(',');
        Assert.Equal(["0", "0", "", "", "", "", "", "", ""], untrained[..9]);
        Assert.Equal(Math.Log(10), double.Parse(untrained[9], System.Globalization.CultureInfo.InvariantCulture), 0.1);
        // 500 rows in batches of 64: 8 steps an epoch, the last of them with 52 rows.
        string[] last = lines[3].Split(',');
        Assert.Equal(["2", "16", "0.1"], last[..3]);
        Assert.All(last[3..5], field => Assert.NotEmpty(field));
        Assert.All(last[5..9], Assert.Empty);
        Assert.Matches("^[0-9a-f]{16}$", last[11]);
    }

    [Fact]
    public async Task Metrics_AndSummary_AreTheSameBytes_OnEveryEngineAndThreadCount()
    {
        using var trial = new ProgramTrial();
        string config = trial.SmallConfig("data: {validation: 50}", "{name: adam, lr: 0.003}");
        var metrics = new List<string>();
        foreach (string[] how in (string[][])[["--device", "reference"], ["--threads", "1"], ["--threads", "2"], ["--threads", "3"], []])
        {
            ProgramOutcome outcome = await trial.TrainAsync(config, ["--force", .. how]);
            Assert.Equal(0, outcome.Status);
            metrics.Add(trial.Read("metrics.csv") + trial.Read("summary.json"));
        }
        Assert.All(metrics, text => Assert.Equal(metrics[0], text));
    }

    [Fact]
    public async Task Run_ThatIsDone_IsSkipped_UntilForced_AndAnotherSeedIsAnotherRun()
    {
        using var trial = new ProgramTrial();
        string config = trial.SmallConfig();
        await trial.TrainAsync(config);
        string manifest = trial.Read("manifest.json");
        ProgramOutcome again = await trial.TrainAsync(config);
        Assert.Equal(0, again.Status);
        Assert.Contains("already done", again.Output);
        Assert.Equal(manifest, trial.Read("manifest.json"));
        await trial.TrainAsync(config, "--force");
        Assert.NotEqual(manifest, trial.Read("manifest.json"));
        await trial.TrainAsync(config, "--seed", "2");
        Assert.Equal(2, Directory.GetDirectories(trial.In("results", "trial")).Length);
    }

    [Theory]
    [InlineData("summary.json", "")]
    [InlineData("summary.json", "{}")]
    [InlineData("summary.json", null)]
    [InlineData("metrics.csv", null)]
    [InlineData("metrics.csv", "epoch,step\n")]
    [InlineData("config.yaml", null)]
    [InlineData("config.yaml", "name: [")]
    [InlineData("checkpoints/last.safetensors", null)]
    public async Task Run_WhoseFolderIsDamaged_IsNotTakenForDone(string file, string? text)
    {
        using var trial = new ProgramTrial();
        string config = trial.SmallConfig("data: {source: embedded}");
        await trial.TrainAsync(config);
        string metrics = trial.Read("metrics.csv");
        string path = Path.Combine(trial.RunFolder(), file);
        File.Delete(path);
        if (text is not null)
        {
            File.WriteAllText(path, text);
        }
        ProgramOutcome outcome = await trial.TrainAsync(config);
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.DoesNotContain("already done", outcome.Output);
        Assert.Equal(metrics, trial.Read("metrics.csv"));
        Assert.Contains("already done", (await trial.TrainAsync(config)).Output);
    }

    [Fact]
    public async Task Run_DoneWithoutATrace_IsMadeAgainWithOne_AndAnImpossibleTraceIsRefused()
    {
        using var trial = new ProgramTrial();
        string config = trial.SmallConfig("data: {source: embedded}");
        await trial.TrainAsync(config);
        await trial.TrainAsync(config, "--trace", "3");
        Assert.Equal(4, trial.Read("trace", "steps.csv").TrimEnd('\n').Split('\n').Length);
        // Fewer are there already, more are not.
        Assert.Contains("already done", (await trial.TrainAsync(config, "--trace", "2")).Output);
        Assert.DoesNotContain("already done", (await trial.TrainAsync(config, "--trace", "8")).Output);
        Assert.Equal(9, trial.Read("trace", "steps.csv").TrimEnd('\n').Split('\n').Length);
        ProgramOutcome outcome = await trial.TrainAsync(config, "--trace", "9");
        Assert.Equal((2, "trainer: --trace: 9 steps, but the first epoch has 8; ask for at most that"), (outcome.Status, outcome.OneErrorLine()));
        outcome = await trial.TrainAsync(config, "--trace", "1", "--epochs", "0");
        Assert.Equal((2, "trainer: --trace: 1 steps, but nothing is trained; ask for at most that"), (outcome.Status, outcome.OneErrorLine()));
    }

    [Fact]
    public async Task Run_InAFolderWhereAnotherIsAtWork_SaysSo_AndTouchesNothing()
    {
        using var trial = new ProgramTrial();
        string config = trial.SmallConfig("data: {source: embedded}");
        await trial.TrainAsync(config);
        string status = trial.Read("status.json");
        using (new RunLock(new RunFolder(trial.RunFolder())))
        {
            ProgramOutcome outcome = await trial.TrainAsync(config, "--force");
            Assert.Equal(1, outcome.Status);
            Assert.Contains($": another process is at work in it (process {Environment.ProcessId} on ", outcome.OneErrorLine());
            Assert.EndsWith("); wait for it, or choose another --out", outcome.OneErrorLine());
        }
        Assert.Equal(status, trial.Read("status.json"));
    }

    [Fact]
    public async Task Run_WhosePictureCannotBeDrawn_IsCompleteAllTheSame()
    {
        using var trial = new ProgramTrial();
        string config = trial.SmallConfig("data: {source: embedded}");
        await trial.TrainAsync(config);
        string picture = Path.Combine(trial.RunFolder(), "curves.svg");
        File.Delete(picture);
        File.Delete(Path.Combine(trial.RunFolder(), "summary.json"));
        Directory.CreateDirectory(Path.Combine(picture, "in the way"));
        ProgramOutcome outcome = await trial.TrainAsync(config);
        Assert.Equal(1, outcome.Status);
        Assert.Contains("curves.svg", outcome.OneErrorLine());
        Assert.Equal("completed", Json(trial, "status.json").GetProperty("state").GetString());
        Assert.Contains("already done", (await trial.TrainAsync(config)).Output);
    }

    [Fact]
    public async Task Run_ThatIsTooLarge_IsRefusedBeforeAnythingIsWritten()
    {
        using var trial = new ProgramTrial();
        string config = trial.SmallConfig("data: {source: embedded}");
        ProgramOutcome outcome = await trial.TrainAsync(config, "--set", "model.hidden=[65536, 65536]");
        Assert.Equal(2, outcome.Status);
        Assert.EndsWith("784-65536-65536-10 has more than 500000000 parameters; see model.hidden and batch_size", outcome.OneErrorLine());
        Assert.False(Directory.Exists(trial.Results));
    }

    [Fact]
    public async Task Run_OfZeroEpochs_EvaluatesAndSavesTheUntrainedNet()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.TrainAsync(trial.SmallConfig(), "--epochs", "0");
        Assert.Equal(0, outcome.Status);
        Assert.Equal(2, trial.Read("metrics.csv").TrimEnd('\n').Split('\n').Length);
        Assert.True(File.Exists(Path.Combine(trial.RunFolder(), "checkpoints", "last.safetensors")));
        Assert.True(File.Exists(Path.Combine(trial.RunFolder(), "curves.svg")));
    }

    [Fact]
    public async Task Run_ThatDiverges_EndsWithItsCode_NamesTheStep_AndKeepsWhatWasRecorded()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.TrainAsync(trial.SmallConfig(optimizer: "{name: sgd, lr: 1.0e+30}"));
        Assert.Equal(5, outcome.Status);
        Assert.Matches("^trainer: diverged: the loss became (not a number|infinite) in step [0-9]+ \\(epoch 1\\); try a smaller optimizer.lr$", outcome.LastErrorLine());
        Assert.Equal(2, trial.Read("metrics.csv").TrimEnd('\n').Split('\n').Length);
        Assert.Equal("diverged", Json(trial, "status.json").GetProperty("state").GetString());
        Assert.Contains("stopped before epoch 2", trial.Read("curves.svg"));
        Assert.False(File.Exists(Path.Combine(trial.RunFolder(), "summary.json")));
    }

    [Fact]
    public async Task Manifest_TellsWhenTheFirstStepWasMade_AndNothingWhereNoneWas()
    {
        using var trial = new ProgramTrial();
        await trial.TrainAsync(trial.SmallConfig());
        JsonElement manifest = Json(trial, "manifest.json");
        // From the start of this process, which is that of the tests.
        Assert.InRange(manifest.GetProperty("first_step_seconds").GetDouble(), 0.001, double.MaxValue);
        await trial.RunAsync("run", trial.SmallConfig(), "--epochs", "0", "--out", trial.In("none"));
        string none = Directory.GetFiles(trial.In("none"), "manifest.json", SearchOption.AllDirectories).Single();
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(File.ReadAllText(none)).RootElement.GetProperty("first_step_seconds").ValueKind);
    }

    [Fact]
    public async Task Best_IsChosenByValidation_AndMarked()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.TrainAsync(trial.SmallConfig("data: {validation: 100}"), "--set", "epochs=6", "--set", "optimizer.lr=0.5");
        Assert.Contains("* the best epoch by validation", outcome.Output);
        string[][] rows = [.. trial.Read("metrics.csv").TrimEnd('\n').Split('\n')[1..].Select(line => line.Split(','))];
        double best = rows.Max(row => double.Parse(row[8], System.Globalization.CultureInfo.InvariantCulture));
        JsonElement chosen = Json(trial, "summary.json").GetProperty("best_by_validation");
        Assert.Equal(best, chosen.GetProperty("val_accuracy").GetDouble());
        Assert.Contains("best validation", trial.Read("curves.svg"));
    }

    [Fact]
    public async Task Json_PrintsOneObjectALine_AndNothingElse()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.TrainAsync(trial.SmallConfig("data: {source: embedded}"), "--json");
        string[] lines = outcome.Output.TrimEnd('\n').Split('\n');
        Assert.Equal([0, 1, 2], lines[..3].Select(line => JsonDocument.Parse(line).RootElement.GetProperty("epoch").GetInt32()));
        Assert.Equal("completed", JsonDocument.Parse(lines[3]).RootElement.GetProperty("state").GetString());
        Assert.Equal(4, lines.Length);
        Assert.Empty(outcome.Error);
        Assert.False(JsonDocument.Parse(lines[3]).RootElement.GetProperty("skipped").GetBoolean());
        outcome = await trial.TrainAsync(trial.SmallConfig("data: {source: embedded}"), "--json");
        Assert.True(JsonDocument.Parse(outcome.Output).RootElement.GetProperty("skipped").GetBoolean());
    }

    [Fact]
    public async Task Json_EndsWithAnObject_WhenARunDiverges()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.TrainAsync(trial.SmallConfig("data: {source: embedded}", "{name: sgd, lr: 1.0e+30}"), "--json");
        Assert.Equal(5, outcome.Status);
        JsonElement end = JsonDocument.Parse(outcome.Output.TrimEnd('\n').Split('\n')[^1]).RootElement;
        Assert.Equal("diverged", end.GetProperty("state").GetString());
        Assert.Equal("embedded-garments", end.GetProperty("data_set").GetString());
    }

    [Fact]
    public async Task Run_IntoAPlaceThatCannotBeWritten_SaysSoInOneLine()
    {
        using var trial = new ProgramTrial();
        string file = trial.Config("not a folder", "file");
        ProgramOutcome outcome = await trial.RunAsync("run", trial.SmallConfig("data: {source: embedded}"), "--out", file);
        Assert.Equal(1, outcome.Status);
        Assert.StartsWith($"trainer: {file}", outcome.OneErrorLine());
        Assert.Contains("choose another with --out", outcome.Error);
    }

    [Fact]
    public async Task Validation_ThatLeavesNothingToTrainOn_IsRefused()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.TrainAsync(trial.SmallConfig("data: {source: embedded, validation: 500}"));
        Assert.Equal(2, outcome.Status);
        Assert.Contains("data.validation: 500 of 500 training images leave none to train on", outcome.OneErrorLine());
        Assert.False(Directory.Exists(trial.Results));
    }

    [Fact]
    public async Task Plot_DrawsTheSamePictureAgain_AndAnUnfinishedOrBrokenRunGivesALine()
    {
        using var trial = new ProgramTrial();
        await trial.TrainAsync(trial.SmallConfig());
        string picture = trial.Read("curves.svg");
        File.Delete(Path.Combine(trial.RunFolder(), "curves.svg"));
        ProgramOutcome outcome = await trial.RunAsync("plot", trial.Results);
        Assert.Equal(0, outcome.Status);
        Assert.Equal(picture, trial.Read("curves.svg"));
        File.WriteAllText(Path.Combine(trial.RunFolder(), "metrics.csv"), "epoch,step\n1,x\n");
        outcome = await trial.RunAsync("plot", trial.Results);
        Assert.Equal(1, outcome.Status);
        Assert.Contains("metrics.csv", outcome.OneErrorLine());
    }

    [Fact]
    public async Task Lr_IsTheRateOfTheEpochsLastStep_AndTheScheduleIsWrittenOut()
    {
        using var trial = new ProgramTrial();
        // 500 rows in batches of 64: 8 steps an epoch, of which the first two warm up.
        await trial.TrainAsync(trial.SmallConfig("schedule: {name: polynomial, warmup: {steps: 2}}"));
        string[] lines = trial.Read("metrics.csv").TrimEnd('\n').Split('\n');
        var schedule = new PolynomialDecay { Warmup = new Warmup { Steps = 2 } };
        double[] rates = [schedule.Rate(0.1, 8, new StepCounts(8, 16)), schedule.Rate(0.1, 16, new StepCounts(8, 16))];
        Assert.Equal(["", .. rates.Select(rate => rate.ToString(CultureInfo.InvariantCulture))], lines[1..].Select(line => line.Split(',')[2]));
        Assert.Equal([0.1 * 9 / 14, 0.1 / 14], rates, (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Contains(
            "schedule:\n  name: polynomial\n  warmup:\n    kind: linear\n    steps: 2\n    epochs: null\n    start_factor: 0.1\n  power: 1\n",
            trial.Read("config.yaml"));
        Assert.Contains("lr 0.1, polynomial schedule after warm-up, batch 64", trial.Read("curves.svg"));
    }

    [Fact]
    public async Task Schedule_MovesTheWeights_TheSameOnEveryEngine_AndConstantMovesNothing()
    {
        using var trial = new ProgramTrial();
        string config = trial.SmallConfig();
        string[] schedules =
        [
            "schedule=constant", "schedule={name: exponential, gamma: 0.5}", "schedule={name: one_cycle, pct_start: 0.5}",
            "schedule={name: constant, warmup: {kind: cosine, epochs: 1}}",
        ];
        var metrics = new List<string>();
        foreach (string schedule in schedules)
        {
            string[] folders = [trial.In("reference", schedule), trial.In("cpu", schedule)];
            await trial.RunAsync("run", config, "--set", schedule, "--device", "reference", "--out", folders[0]);
            await trial.RunAsync("run", config, "--set", schedule, "--threads", "2", "--out", folders[1]);
            string[] texts = [.. folders.Select(folder => File.ReadAllText(RunFinder.Find(folder).Metrics))];
            Assert.Equal(texts[0], texts[1]);
            metrics.Add(texts[0]);
        }
        Assert.Equal(schedules.Length, metrics.Distinct().Count());
        await trial.TrainAsync(config);
        Assert.Equal(trial.Read("metrics.csv"), metrics[0]);
    }

    [Theory]
    [InlineData("{steps: 17}", "schedule.warmup: 17 steps are longer than the run of 16; choose fewer, or more epochs")]
    [InlineData("{epochs: 3}", "schedule.warmup.epochs: 3 epochs are longer than the run of 2; choose fewer, or a greater 'epochs'")]
    public async Task Warmup_LongerThanTheRun_IsRefused_BeforeAnythingIsWritten(string warmup, string problem)
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.TrainAsync(trial.SmallConfig($"data: {{source: embedded}}\nschedule: {{name: constant, warmup: {warmup}}}"));
        Assert.Equal(2, outcome.Status);
        Assert.Contains(problem, outcome.OneErrorLine());
        Assert.False(Directory.Exists(trial.Results));
    }

    [Fact]
    public async Task Warmup_LongerThanTheEpochsOfTheCommandLine_IsRefused()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.TrainAsync(
            trial.SmallConfig("data: {source: embedded}\nschedule: {name: cosine, warmup: {epochs: 2}}"), "--epochs", "1");
        Assert.Equal(2, outcome.Status);
        Assert.Contains("schedule.warmup: 16 steps are longer than the run of 8; choose fewer, or more epochs", outcome.OneErrorLine());
    }

    [Fact]
    public async Task Plot_OfASchedule_DrawsTheRatesOfTheConfiguration_WithoutTraining()
    {
        using var trial = new ProgramTrial();
        string picture = trial.In("rate.svg");
        ProgramOutcome outcome = await trial.RunAsync(
            "plot", "--schedule", trial.SmallConfig(), "--set", "schedule={name: one_cycle, warmup: {steps: 100}}", "-o", picture);
        Assert.Equal((0, picture), (outcome.Status, outcome.Output.TrimEnd()));
        string text = File.ReadAllText(picture);
        Assert.Contains("Learning rate of trial", text);
        // 60,000 rows in batches of 64, two epochs.
        Assert.Contains("over 1876 steps, schedule one_cycle. First rate 4e-4, highest 0.1, last 4e-7", text);
        Assert.Contains("end of the warm-up, step 100", text);
        Assert.False(Directory.Exists(trial.Results));
    }

    private static JsonElement Json(ProgramTrial trial, string file) => JsonDocument.Parse(trial.Read(file)).RootElement;
}
