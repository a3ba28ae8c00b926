using System.Security.Cryptography;
using Trainer.Results;
using Trainer.Runs;
using Trainer.Tests.Commands;
using Trainer.Yaml;

namespace Trainer.Tests.Verification;

/// <summary><c>trainer verify</c> of runs that are as they should be, and of unfinished and older ones.</summary>
public class VerifyCommandTests(VerifyTrial trial) : IClassFixture<VerifyTrial>
{
    private const string Embedded = "data: {source: embedded, validation: 60}";
    private const string Sgd = "{name: sgd, lr: 0.1}";

    [Theory]
    [InlineData("", Sgd)]
    [InlineData("model: {hidden: [7], activation: sigmoid, normalization: batch_norm, dropout: 0.2}", "{name: adam, lr: 0.01}")]
    [InlineData("model: {hidden: []}\nema: {decay: 0.9}", Sgd)]
    [InlineData("evaluate_train: false", Sgd)]
    [InlineData("schedule: {name: cosine, warmup: {epochs: 1}}", Sgd)]
    [InlineData("schedule: {name: reduce_on_plateau, patience: 0, factor: 0.5}\nepochs: 6", "{name: sgd, lr: 1.5}")]
    [InlineData("early_stopping: {patience: 1}", "{name: sgd, lr: 1.0e-30}")]
    [InlineData("batch_size: 300\ntensorboard: true\ndiagnostics: true", "{name: line_search, t0: 4}")]
    [InlineData("batch_size: 300\nevaluate_train: false", "{name: line_search, t0: 4}")]
    [InlineData("batch_size: 300\nmodel: {hidden: [], init: zeros}\nepochs: 2000", "{name: line_search, t0: 1.0e-30, max_trials: 2}")]
    [InlineData("augmentation: {shift: {pixels: 2}}\ninput_noise: {std: 0.1}", Sgd)]
    [InlineData("epochs: 0\ntensorboard: true\ndiagnostics: true", Sgd)]
    public async Task GoodRun_IsAsRecorded_AndTrainedAgainOnAnotherEngine_ComesToTheSameBits(string more, string optimizer)
    {
        string run = await trial.CopyAsync($"{Embedded}\n{more}", optimizer);
        foreach (string[] options in (string[][])[[], ["--rerun", "--device", "reference"], ["--rerun", "--threads", "1"]])
        {
            VerifyOutcome outcome = await trial.VerifyAsync(run, options);
            Assert.Equal((0, "", ""), (outcome.Status, outcome.Error, string.Join('\n', outcome.Differences)));
            Assert.Equal("", outcome.With("unreadable") + outcome.With("not_checked"));
            Assert.Equal(options.Length > 0, outcome.Checks.ContainsKey("rerun"));
        }
    }

    [Fact]
    public async Task GoodRun_IsToldALineACheck_AndNothingInItsFolderIsTouched()
    {
        string run = await trial.CopyAsync();
        string before = Snapshot(run);
        ProgramOutcome outcome = await trial.RunAsync(run, "--rerun", "--threads", "1");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        string[] lines = outcome.Output.TrimEnd('\n').Split('\n');
        Assert.Equal($"{run}: trial on embedded-garments, seed 1, 3 of 3 epochs, completed", lines[0]);
        Assert.Equal(
            ["config", "status", "files", "data", "metrics", "steps", "start", "weights", "digests", "summary", "timing", "diagnostics", "tensorboard", "trace", "rerun"],
            lines[1..^1].Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
        Assert.All(lines[1..^1], line => Assert.StartsWith("  ok  ", line, StringComparison.Ordinal));
        Assert.Contains("epochs 0 to 3 trained again (cpu, 1 thread", lines[^2]);
        Assert.EndsWith(", every value and every tensor the same", lines[^2]);
        Assert.Equal("15 checks: all is as recorded", lines[^1]);
        Assert.Equal(before, Snapshot(run));
    }

    [Fact]
    public async Task Sums_AreAsSha256sumReadsThem_AndListAllThatNobodyChangesLater()
    {
        string run = await trial.CopyAsync();
        string text = File.ReadAllText(Path.Combine(run, "SHA256SUMS"));
        string[] names = [.. Directory.GetFiles(run, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(run, file).Replace('\\', '/'))
            .Where(name => !name.EndsWith(".svg", StringComparison.Ordinal) && name is not (".lock" or "status.json" or "SHA256SUMS"))
            .Order(StringComparer.Ordinal)];
        Assert.Equal(14, names.Length);
        Assert.Equal(
            string.Concat(names.Select(name => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(SpoiledRun.In(run, name))))}  {name}\n")), text);
    }

    [Theory]
    [InlineData("1-2", "epochs 1 to 2 ")]
    [InlineData("2", "epoch 2 ")]
    [InlineData("0", "epoch 0 ")]
    [InlineData("2-50", "epochs 2 to 3 ")]
    public async Task Rerun_OfSomeEpochs_ComparesThoseAlone(string epochs, string said)
    {
        string run = await trial.CopyAsync();
        VerifyOutcome outcome = await trial.VerifyAsync(run, "--rerun", "--epochs", epochs);
        Assert.Equal(0, outcome.Status);
        Assert.StartsWith(said + "trained again", outcome.Checks["rerun"].Lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--epochs 1-3", "--epochs: says what to train again; give --rerun, too")]
    [InlineData("--rerun --epochs 3-1", "--epochs: '3-1' runs backwards; write 1-3")]
    [InlineData("--rerun --epochs some", "--epochs: 'some' is no epoch and no range of them; write e.g. 3 or 1-3")]
    [InlineData("--data none", "--data none: the configuration asks for the embedded garments (data.source: embedded); drop one of the two")]
    public async Task WrongOption_IsSaidToBe(string options, string message)
    {
        string run = await trial.CopyAsync();
        ProgramOutcome outcome = await trial.RunAsync([run, .. options.Split(' ')]);
        Assert.Equal((2, "", "trainer: " + message), (outcome.Status, outcome.Output, outcome.OneErrorLine()));
    }

    [Fact]
    public async Task NoRun_IsSaidToBeNone()
    {
        ProgramOutcome outcome = await trial.RunAsync("nowhere");
        Assert.Equal((2, ""), (outcome.Status, outcome.Output));
        Assert.StartsWith("trainer: nowhere: no such folder", outcome.OneErrorLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunOfAnEarlierVersion_WithoutDigestsAndHashes_IsCheckedAsFarAsItGoes()
    {
        string run = await trial.CopyAsync();
        SpoiledRun.RemoveSums(run);
        File.Delete(Path.Combine(run, "digests.csv"));
        VerifyOutcome outcome = await trial.VerifyAsync(run, "--rerun");
        Assert.Equal((0, "files digests"), (outcome.Status, outcome.With("not_checked")));
        Assert.Contains("as runs of earlier versions have none", outcome.Checks["files"].Lines[0]);
        Assert.EndsWith("), every value the same", outcome.Checks["rerun"].Lines[0]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UnfinishedRun_IsCheckedAsFarAsItGoes_AndSaidToBeUnfinished(bool endedBetweenTwoFiles)
    {
        string run = await trial.CopyAsync();
        File.Delete(Path.Combine(run, "summary.json"));
        SpoiledRun.RemoveSums(run);
        SpoiledRun.Replace(run, "status.json", "completed", "running");
        if (endedBetweenTwoFiles)
        {
            // Weights, digests and seconds are written before the metrics, diagnostics and events after them.
            SpoiledRun.Lines(run, "metrics.csv", lines => lines[..^1]);
            SpoiledRun.Lines(run, "diagnostics/layers.csv", lines => lines[..^3]);
            SpoiledRun.Lines(run, "diagnostics/network.csv", lines => lines[..^1]);
            SpoiledRun.Events(run, records => records[..^1]);
            File.AppendAllText(Path.Combine(run, "metrics.csv"), "3,12,0.1,0.0");
            SpoiledRun.Replace(run, "status.json", "\"epoch\": 3", "\"epoch\": 2");
        }
        VerifyOutcome outcome = await trial.VerifyAsync(run, "--rerun");
        Assert.Equal((0, ""), (outcome.Status, string.Join('\n', outcome.Differences)));
        Assert.Equal(endedBetweenTwoFiles ? "files weights summary" : "files summary", outcome.With("not_checked"));
        string epochs = endedBetweenTwoFiles ? "epoch 2 of 3" : "epoch 3 of 3";
        Assert.Equal($"unfinished (broken off, {epochs}): only what is there was checked", outcome.Checks["status"].Lines[0]);
        Assert.EndsWith("; the run is unfinished\n", (await trial.RunAsync(run)).Output.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("arrays", "checkpoints/state-2-1.safetensors: has not the SHA-256 of checkpoints/state-2-1.json")]
    [InlineData("seed", "checkpoints/state-2-1.json: is of another run")]
    [InlineData("data", "checkpoints/state-2-1.json: is of another run")]
    [InlineData("epoch", "checkpoints/state-2-1.json: does not go with its name")]
    [InlineData("format", "checkpoints/state-2-1.json: format 9 is not known")]
    public async Task Checkpoints_OfAnUnfinishedRun_AreHeldToTheirHashes(string spoiled, string message)
    {
        string run = await trial.CopyAsync();
        File.Delete(Path.Combine(run, "summary.json"));
        SpoiledRun.Replace(run, "status.json", "completed", "interrupted");
        var place = new CheckpointPlace(Path.Combine(run, "checkpoints"), 2, 1);
        File.Copy(Path.Combine(run, "checkpoints", "last.safetensors"), place.Arrays);
        Experiment experiment = ConfigReader.Read<Experiment>(Path.Combine(run, "config.yaml"));
        File.WriteAllText(place.Description, JsonText.File(new CheckpointFile
        {
            Format = spoiled == "format" ? 9 : CheckpointFile.Version,
            Experiment = CheckpointFile.IdentityOf(spoiled == "seed" ? experiment with { Seed = 2 } : experiment),
            DataHash = spoiled == "data" ? "0" : RecordedDataSet.Of(new RunFolder(run)).Hash!,
            Epoch = spoiled == "epoch" ? 1 : 2,
            Step = 1,
            LossSum = 0,
            Correct = 0,
            TrainingSeconds = 0,
            Seconds = 0,
            ArraysHash = RunSums.Of(place.Arrays),
            Hash = "",
        }.Signed()));
        if (spoiled == "arrays")
        {
            SpoiledRun.FlipBit(run, "checkpoints/state-2-1.safetensors", length => length - 1);
        }
        VerifyOutcome outcome = await trial.VerifyAsync(run);
        Assert.Equal((spoiled == "" ? 0 : 6, spoiled == "" ? "" : "checkpoints"), (outcome.Status, outcome.With("differs")));
        Assert.Equal(spoiled == "" ? "epoch 2 step 1: whole and of this run" : message, outcome.Checks["checkpoints"].Lines.Single());
    }

    [Fact]
    public async Task ARun_ThatBeganWithAnothersWeights_IsHeldToThem()
    {
        string first = await trial.CopyAsync(Embedded, Sgd);
        string run = await trial.CopyAsync($"{Embedded}\nfrom: {{weights: '{first}'}}", Sgd);
        VerifyOutcome outcome = await trial.VerifyAsync(run, "--rerun", "--threads", "1");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Equal("the weights of checkpoints/initial.safetensors have the digest of epoch 0", outcome.Checks["start"].Lines[0]);
        SpoiledRun.RemoveSums(run);
        SpoiledRun.Weight(run, "checkpoints/initial.safetensors", "2.weight", MathF.BitIncrement);
        outcome = await trial.VerifyAsync(run);
        Assert.Equal((6, "start digests"), (outcome.Status, outcome.With("differs")));
        Assert.StartsWith("checkpoints/initial.safetensors: its digest is ", outcome.Checks["start"].Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("digests.csv: epoch 0: tensor 2.weight is ", Assert.Single(outcome.Checks["digests"].Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARun_ThatWasBrokenOff_AndCarriedOutAfterAll_IsAsOneThatWentThrough()
    {
        string run = await trial.CopyAsync();
        string digests = File.ReadAllText(Path.Combine(run, "digests.csv"));
        // As if it had been killed behind its second epoch, with the next one's weights and digests already written.
        string results = Path.Combine(Path.GetDirectoryName(run)!, "results", "trial");
        Directory.CreateDirectory(results);
        Directory.Move(run, run = Path.Combine(results, Path.GetFileName(run)));
        File.Delete(Path.Combine(run, "summary.json"));
        SpoiledRun.Lines(run, "metrics.csv", lines => lines[..^1]);
        SpoiledRun.Replace(run, "status.json", "completed", "running");
        ProgramOutcome resumed = await trial.ResumeAsync(run);
        Assert.True(resumed.Status == 0, resumed.Error);
        VerifyOutcome outcome = await trial.VerifyAsync(run, "--rerun");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Equal("equal", outcome.Checks["files"].Verdict);
        Assert.Equal(digests, File.ReadAllText(Path.Combine(run, "digests.csv")));
    }

    [Fact]
    public async Task DivergedRun_DivergesAgain_AtTheSameStep()
    {
        string run = await trial.CopyAsync(Embedded, "{name: sgd, lr: 1.0e+20}");
        Assert.Equal(5, trial.Ending!.Status);
        VerifyOutcome outcome = await trial.VerifyAsync(run, "--rerun", "--device", "reference");
        Assert.Equal((0, "equal"), (outcome.Status, outcome.Checks["rerun"].Verdict));
        Assert.StartsWith("unfinished (diverged, epoch 0 of 3)", outcome.Checks["status"].Lines[0], StringComparison.Ordinal);
        SpoiledRun.Replace(run, "status.json", "in step ", "in step 1");
        outcome = await trial.VerifyAsync(run, "--rerun");
        Assert.Equal((6, "rerun"), (outcome.Status, outcome.With("differs")));
        Assert.StartsWith("epoch 1: trained again it ends with: diverged: ", outcome.Checks["rerun"].Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneBadRunOfTwo_IsNamedInTheLastLine()
    {
        string good = await trial.CopyAsync(), bad = await trial.CopyAsync();
        SpoiledRun.FlipBit(bad, "metrics.csv", length => length - 3);
        ProgramOutcome outcome = await trial.RunAsync(good, bad);
        Assert.Equal(6, outcome.Status);
        Assert.StartsWith($"trainer: 1 of 2 runs are not what they say, the first is {bad}: not as recorded: files", outcome.OneErrorLine(), StringComparison.Ordinal);
        Assert.Contains($"{good}: trial on", outcome.Output);
        Assert.Contains("  DIFFERS    files", outcome.Output);
    }

    [Fact]
    public async Task FolderOfOtherSoftware_IsNoRunOfThisProgram()
    {
        string run = await trial.CopyAsync();
        File.Delete(Path.Combine(run, "status.json"));
        File.WriteAllText(Path.Combine(run, "manifest.json"), "{}");
        ProgramOutcome outcome = await trial.RunAsync(run);
        Assert.Equal((1, $"trainer: {run}: cannot be read: status"), (outcome.Status, outcome.OneErrorLine()));
        Assert.Contains("no run of this program", outcome.Output);
    }

    private static string Snapshot(string folder) => string.Join('\n', Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O} {(File.Exists(path) ? Convert.ToHexString(File.ReadAllBytes(path)) : "")}"));
}
