namespace Trainer.Tests.Verification;

/// <summary>A good run in which one thing at a time is changed: <c>trainer verify</c> names that thing. First with the hashes in place,
/// then without them, as one who knows of them would leave the folder.</summary>
public class SpoiledRunTests(VerifyTrial trial) : IClassFixture<VerifyTrial>
{
    private const string Embedded = "data: {source: embedded, validation: 60}";

    [Fact]
    public async Task ABitOfAnyListedFile_IsNamedByItsFile()
    {
        foreach (string name in SpoiledRun.Listed(await trial.CopyAsync()))
        {
            foreach (Func<int, int> at in (Func<int, int>[])[_ => 0, length => length / 2, length => length - 1])
            {
                string run = await trial.CopyAsync();
                SpoiledRun.FlipBit(run, name, at);
                VerifyOutcome outcome = await trial.VerifyAsync(run);
                Assert.Equal(6, outcome.Status);
                Assert.StartsWith($"{name}: SHA-256 recorded ", Assert.Single(outcome.Checks["files"].Lines), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task AListedFile_ThatIsNotThere_IsNamed()
    {
        foreach (string name in SpoiledRun.Listed(await trial.CopyAsync()))
        {
            string run = await trial.CopyAsync();
            File.Delete(SpoiledRun.In(run, name));
            VerifyOutcome outcome = await trial.VerifyAsync(run);
            Assert.Equal((6, $"{name}: is listed, but not there"), (outcome.Status, Assert.Single(outcome.Checks["files"].Lines)));
        }
    }

    [Theory]
    [InlineData("another hash", "config.yaml: SHA-256 recorded 0000000000000000…, computed ")]
    [InlineData("a line less", "config.yaml: is not listed in SHA256SUMS")]
    [InlineData("a line twice", "SHA256SUMS(4): lists config.yaml twice")]
    [InlineData("a foreign file", "SHA256SUMS(4): is no line with the SHA-256 of a file of a run")]
    [InlineData("no hash", "SHA256SUMS(3): is no line with the SHA-256 of a file of a run")]
    public async Task Sums_ThatWereChangedThemselves_AreNamed(string what, string message)
    {
        string run = await trial.CopyAsync();
        SpoiledRun.Lines(run, "SHA256SUMS", lines =>
        {
            int line = lines.FindIndex(line => line.EndsWith("  config.yaml", StringComparison.Ordinal));
            Assert.Equal(2, line);
            string hash = lines[line][..64];
            return what switch
            {
                "another hash" => [.. lines[..line], new string('0', 64) + lines[line][64..], .. lines[(line + 1)..]],
                "a line less" => [.. lines[..line], .. lines[(line + 1)..]],
                "a line twice" => [.. lines[..line], lines[line], .. lines[line..]],
                "a foreign file" => [.. lines[..(line + 1)], $"{hash}  ../../etc/passwd", .. lines[(line + 1)..]],
                _ => [.. lines[..line], hash[..63] + "  config.yaml", .. lines[(line + 1)..]],
            };
        });
        VerifyOutcome outcome = await trial.VerifyAsync(run);
        Assert.Equal((6, "files"), (outcome.Status, outcome.With("differs")));
        Assert.StartsWith(message, outcome.Checks["files"].Lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"state\": \"completed\"", "\"state\": \"interrupted\"", "status.json: says interrupted, but there is the summary.json of a complete run")]
    [InlineData("\"epoch\": 3", "\"epoch\": 2", "status.json: epoch is 2, metrics.csv ends with 3")]
    [InlineData("\"epochs\": 3", "\"epochs\": 4", "status.json: epochs is 4, config.yaml asks for 3")]
    [InlineData("\"message\": null", "\"message\": \"all well\"", "status.json: message is \"all well\", computed null")]
    [InlineData("  \"epochs\"", "   \"epochs\"", "status.json: is not written as this program writes it")]
    public async Task Status_ThatWasChanged_IsNamed(string text, string other, string message)
    {
        string run = await trial.CopyAsync();
        SpoiledRun.Replace(run, "status.json", text, other);
        VerifyOutcome outcome = await trial.VerifyAsync(run);
        Assert.Equal((6, "status"), (outcome.Status, outcome.With("differs")));
        Assert.Equal([message], outcome.Differences);
    }

    [Theory]
    [InlineData("epoch", "metrics", "metrics.csv(5): epoch 3 is missing")]
    [InlineData("step", "steps", "metrics.csv: epoch 3: step is ")]
    [InlineData("lr", "steps", "metrics.csv: epoch 3: lr is 0.10000000000000002, computed 0.1")]
    [InlineData("running_loss", "summary", "summary.json(")]
    [InlineData("running_accuracy", "metrics", "metrics.csv: epoch 3: running_accuracy is ")]
    [InlineData("train_loss", "summary", "summary.json(")]
    [InlineData("train_accuracy", "metrics", "metrics.csv: epoch 3: train_accuracy is ")]
    [InlineData("val_loss", "summary", "summary.json(")]
    [InlineData("val_accuracy", "metrics", "metrics.csv: epoch 3: val_accuracy is ")]
    [InlineData("test_loss", "summary", "summary.json(")]
    [InlineData("test_accuracy", "metrics", "metrics.csv: epoch 3: test_accuracy is ")]
    [InlineData("digest", "weights", "checkpoints/last.safetensors: its digest is ")]
    public async Task ADigitOfAnyColumn_OfTheLastEpoch_IsNamed_WithoutHashesAndTraining(string column, string check, string message)
    {
        string run = await trial.CopyAsync();
        SpoiledRun.RemoveSums(run);
        SpoiledRun.Field(run, "metrics.csv", 4, column, SpoiledRun.Other);
        VerifyOutcome outcome = await trial.VerifyAsync(run);
        Assert.Equal(6, outcome.Status);
        Assert.StartsWith(message, outcome.Checks[check].Lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("metrics.csv", "metrics", "epoch 2")]
    [InlineData("digests.csv", "digests", "epoch 2")]
    [InlineData("timing.csv", "timing", "epoch 2")]
    [InlineData("diagnostics/network.csv", "diagnostics", "epoch 2")]
    [InlineData("diagnostics/layers.csv", "diagnostics", "epoch 0, layer 3")]
    [InlineData("trace/steps.csv", "trace", "step 3")]
    public async Task ALineOfAnyTable_SwappedMissingOrDoubled_IsNamed(string file, string check, string third)
    {
        (string What, Func<List<string>, IEnumerable<string>> Change, string Message)[] spoilings =
        [
            ("swapped", lines => [.. lines[..2], lines[3], lines[2], .. lines[4..]], $"{file}(3): {third} stands where "),
            ("missing", lines => [.. lines[..2], .. lines[3..]], $"{file}(3): "),
            ("doubled", lines => [.. lines[..3], .. lines[2..]], $"{file}(4): "),
        ];
        foreach ((string what, Func<List<string>, IEnumerable<string>> change, string message) in spoilings)
        {
            string run = await trial.CopyAsync();
            SpoiledRun.RemoveSums(run);
            SpoiledRun.Lines(run, file, change);
            VerifyOutcome outcome = await trial.VerifyAsync(run);
            Assert.Equal(6, outcome.Status);
            string problem = outcome.Checks[check].Lines[0];
            Assert.StartsWith(message, problem, StringComparison.Ordinal);
            Assert.True(what == "swapped" || problem.EndsWith(what == "missing" ? "is missing" : "is there twice", StringComparison.Ordinal), problem);
        }
    }

    [Theory]
    [InlineData("digests.csv", "digests", "digests.csv: ends before epoch 3, with which the run completed")]
    [InlineData("timing.csv", "timing", "timing.csv: ends before epoch 3, with which the run completed")]
    [InlineData("diagnostics/layers.csv", "diagnostics", "diagnostics/layers.csv: ends before epoch 3, layer 3, with which the run completed")]
    [InlineData("diagnostics/network.csv", "diagnostics", "diagnostics/network.csv: ends before epoch 3, with which the run completed")]
    [InlineData("metrics.csv", "status", "status.json: epoch is 3, metrics.csv ends with 2")]
    public async Task TheLastLine_ThatIsMissing_IsNamed(string file, string check, string message)
    {
        string run = await trial.CopyAsync();
        SpoiledRun.RemoveSums(run);
        SpoiledRun.Lines(run, file, lines => lines[..^1]);
        VerifyOutcome outcome = await trial.VerifyAsync(run);
        Assert.Equal((6, message), (outcome.Status, outcome.Checks[check].Lines[0]));
    }

    [Theory]
    [InlineData("metrics.csv", "metrics")]
    [InlineData("digests.csv", "digests")]
    [InlineData("timing.csv", "timing")]
    [InlineData("diagnostics/layers.csv", "diagnostics")]
    [InlineData("trace/steps.csv", "trace")]
    public async Task NumbersThatAreWrittenOtherwise_AndALineThatIsCutOff_AreNamed(string file, string check)
    {
        string run = await trial.CopyAsync();
        SpoiledRun.RemoveSums(run);
        SpoiledRun.Lines(run, file, lines => [.. lines[..1], "0" + lines[1], .. lines[2..]]);
        VerifyOutcome outcome = await trial.VerifyAsync(run);
        Assert.Equal(6, outcome.Status);
        Assert.Contains(outcome.Checks[check].Lines, line => line == $"{file}(2): is not written as this program writes it" || line == $"{file}(2): epoch 0 is missing");

        run = await trial.CopyAsync();
        SpoiledRun.RemoveSums(run);
        File.AppendAllText(SpoiledRun.In(run, file), "4,1");
        outcome = await trial.VerifyAsync(run);
        Assert.Equal((6, check, $"{file}: its last line is cut off"), (outcome.Status, outcome.With("differs"), outcome.Differences.Single()));
    }

    [Fact]
    public async Task AnotherSeed_InTheConfiguration_IsNamed_ByTheFolderAndTheInitialWeights()
    {
        string run = await trial.CopyAsync();
        SpoiledRun.RemoveSums(run);
        SpoiledRun.Replace(run, "config.yaml", "seed: 1\n", "seed: 2\n");
        VerifyOutcome outcome = await trial.VerifyAsync(run);
        Assert.Equal((6, "config start weights digests summary trace"), (outcome.Status, outcome.With("differs")));
        string name = Path.GetFileName(run);
        Assert.Equal([$"config.yaml: is the configuration of {name[..^1]}2, not of {name}"], outcome.Checks["config"].Lines);
        Assert.StartsWith("metrics.csv: epoch 0: digest is ", outcome.Checks["start"].Lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seed: 1\n", "seed:  1\n", "config.yaml(29): is not as this program writes it: something was changed by hand")]
    [InlineData("lr: 0.1\n", "lr: 0.2\n", "config.yaml: is the configuration of ")]
    public async Task Configuration_ThatWasChanged_IsNamed(string text, string other, string message)
    {
        string run = await trial.CopyAsync();
        SpoiledRun.RemoveSums(run);
        SpoiledRun.Replace(run, "config.yaml", text, other);
        VerifyOutcome outcome = await trial.VerifyAsync(run);
        Assert.Equal((6, "differs"), (outcome.Status, outcome.Checks["config"].Verdict));
        int line = File.ReadAllText(Path.Combine(run, "config.yaml")).Split(other)[0].Count(letter => letter == '\n') + 1;
        Assert.StartsWith(message.Replace("(29)", $"({line})"), outcome.Checks["config"].Lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("summary.json", "\"last\": {\n    \"epoch\": 3,", "\"last\": {\n    \"epoch\": 4,", "summary", "summary.json(10): is \"epoch\": 4,, computed \"epoch\": 3,")]
    [InlineData("summary.json", "\"shape\": \"784", "\"shape\": \"785", "summary", "summary.json(7): is \"shape\": \"785")]
    [InlineData("manifest.json", "\"data_hash\": \"", "\"data_hash\": \"0", "data", "manifest.json: data_hash is 0")]
    [InlineData("manifest.json", "\"data_set\": \"embedded-garments\"", "\"data_set\": \"fashion-mnist\"", "data", "manifest.json: data_set is fashion-mnist, the configuration asks for embedded-garments")]
    public async Task SummaryAndManifest_ThatWereChanged_AreNamed(string file, string text, string other, string check, string message)
    {
        string run = await trial.CopyAsync(Embedded, "{name: sgd, lr: 0.1}");
        SpoiledRun.RemoveSums(run);
        SpoiledRun.Replace(run, file, text, other);
        VerifyOutcome outcome = await trial.VerifyAsync(run);
        Assert.Equal(6, outcome.Status);
        Assert.StartsWith(message, outcome.Checks[check].Lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.yaml", "config")]
    [InlineData("status.json", "status")]
    [InlineData("timing.csv", "timing")]
    [InlineData("checkpoints/last.safetensors", "weights")]
    [InlineData("checkpoints/best.safetensors", "weights")]
    [InlineData("diagnostics/layers.csv", "diagnostics")]
    [InlineData("tensorboard/events.out.tfevents.0.trainer", "tensorboard")]
    public async Task AFile_ThatCannotBeRead_EndsWithCode1_AndTheOthersAreChecked(string file, string check)
    {
        string run = await trial.CopyAsync();
        SpoiledRun.RemoveSums(run);
        File.Delete(SpoiledRun.In(run, file));
        VerifyOutcome outcome = await trial.VerifyAsync(run);
        Assert.Equal((1, ""), (outcome.Status, outcome.With("differs")));
        Assert.Equal(check, outcome.With("unreadable"));
        Assert.StartsWith(SpoiledRun.In(run, file), outcome.Checks[check].Lines[0], StringComparison.Ordinal);
        Assert.NotEqual("", outcome.With("equal"));
    }
}
