
namespace Trainer.Tests.Verification;

/// <summary>A good run in which one thing at a time is changed: <c>trainer verify</c> names that thing. First with the hashes in place,
/// then without them, as one who knows of them would leave the folder.</summary>
public class SpoiledRunTests(VerifyTrial trial) : IClassFixture<VerifyTrial>
{
    private const string Embedded = "data: {source: embedded, validation: 60}";
    private const string LineSearch = "{name: line_search, t0: 4}";

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
    [InlineData("step")]
    [InlineData("lr")]
    [InlineData("running_loss")]
    [InlineData("running_accuracy")]
    [InlineData("train_loss")]
    [InlineData("train_accuracy")]
    [InlineData("val_loss")]
    [InlineData("val_accuracy")]
    [InlineData("test_loss")]
    [InlineData("test_accuracy")]
    [InlineData("digest")]
    public async Task ADigitOfAnyColumn_OfAnyEpoch_IsNamedByTrainingAgain(string column)
    {
        foreach (int epoch in (int[])[1, 2, 3])
        {
            string run = await trial.CopyAsync();
            SpoiledRun.RemoveSums(run);
            (string computed, string altered) = SpoiledRun.Field(run, "metrics.csv", epoch + 1, column, SpoiledRun.Other);
            VerifyOutcome outcome = await trial.VerifyAsync(run, "--rerun");
            Assert.Equal(6, outcome.Status);
            Assert.Equal([$"epoch {epoch}: {column} differs: recorded {altered}, computed {computed}"], outcome.Checks["rerun"].Lines);
        }
    }

    [Fact]
    public async Task TheDigestOfAnyTensor_OfAnEpochInBetween_IsNamedByTrainingAgain_AsEpochAndTensor()
    {
        string[] tensors = File.ReadLines(Path.Combine(await trial.CopyAsync(), "digests.csv")).First().Split(',')[1..];
        Assert.Equal("0.weight 0.bias 1.weight 1.bias 3.weight 3.bias 4.weight 4.bias 6.weight 6.bias 1.running_mean 1.running_var 4.running_mean 4.running_var", string.Join(' ', tensors));
        foreach (string tensor in tensors)
        {
            string run = await trial.CopyAsync();
            SpoiledRun.RemoveSums(run);
            (string computed, string altered) = SpoiledRun.Field(run, "digests.csv", 2, tensor, SpoiledRun.Other);
            VerifyOutcome outcome = await trial.VerifyAsync(run, "--rerun", "--epochs", "1-2");
            Assert.Equal((6, "rerun"), (outcome.Status, outcome.With("differs")));
            Assert.Equal([$"epoch 1: tensor {tensor} differs: recorded {altered}, computed {computed}"], outcome.Differences);
            Assert.Equal(0, (await trial.VerifyAsync(run, "--rerun", "--epochs", "2-3")).Status);
        }
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
    [InlineData("last", "3")]
    [InlineData("best", null)]
    public async Task AWeight_ThatWasChanged_IsNamed_ByFileEpochAndTensor(string file, string? epoch)
    {
        foreach (string tensor in (string[])["0.weight", "6.bias", "4.weight", "1.running_var"])
        {
            string run = await trial.CopyAsync();
            SpoiledRun.RemoveSums(run);
            SpoiledRun.Weight(run, $"checkpoints/{file}.safetensors", tensor, MathF.BitIncrement);
            VerifyOutcome outcome = await trial.VerifyAsync(run);
            Assert.Equal((6, "weights digests"), (outcome.Status, outcome.With("differs")));
            Assert.StartsWith($"checkpoints/{file}.safetensors: its digest is ", Assert.Single(outcome.Checks["weights"].Lines), StringComparison.Ordinal);
            Assert.Matches($"^digests.csv: epoch {epoch ?? "[0-3]"}: tensor {tensor} is ", Assert.Single(outcome.Checks["digests"].Lines));
        }
    }

    [Fact]
    public async Task TheBestWeights_OfAnotherEpoch_AreNamed()
    {
        string run = await trial.CopyAsync($"{Embedded}\nepochs: 4", "{name: sgd, lr: 0.02}");
        SpoiledRun.RemoveSums(run);
        string[] best = File.ReadAllLines(Path.Combine(run, "metrics.csv"))[1..].MaxBy(line => (double.Parse(line.Split(',')[8]), -double.Parse(line.Split(',')[7])))!.Split(',');
        string other = best[0] == "4" ? "3" : "4";
        // A line of another epoch becomes the best.
        SpoiledRun.Field(run, "metrics.csv", int.Parse(other) + 1, "val_accuracy", _ => "1");
        VerifyOutcome outcome = await trial.VerifyAsync(run);
        Assert.Equal(6, outcome.Status);
        Assert.Matches($"^checkpoints/best.safetensors: its digest is {best[^1]}, metrics.csv has [0-9a-f]+ of epoch {other}$", outcome.Checks["weights"].Lines[0]);
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

    [Fact]
    public async Task TheInitialWeights_OfTheTrace_AreHeldToTheSeed()
    {
        string run = await trial.CopyAsync();
        SpoiledRun.RemoveSums(run);
        SpoiledRun.Weight(run, "trace/initial.safetensors", "3.weight", MathF.BitDecrement);
        VerifyOutcome outcome = await trial.VerifyAsync(run);
        Assert.Equal((6, "trace"), (outcome.Status, outcome.With("differs")));
        Assert.Equal(["trace/initial.safetensors: is not what the seed gives"], outcome.Differences);
    }

    [Theory]
    [InlineData("swapped", "(4): epoch 3 stands where epoch 2 belongs")]
    [InlineData("missing", "(3): epoch 1 is missing")]
    [InlineData("doubled", "(4): epoch 1 is there twice")]
    [InlineData("last missing", ": ends before epoch 3, with which the run completed")]
    [InlineData("no version", ": does not begin with its version")]
    [InlineData("another number", ": epoch 1: Loss/train is ")]
    [InlineData("cut off", ": a record is cut off or has a wrong checksum")]
    [InlineData("wrong checksum", ": a record is cut off or has a wrong checksum")]
    public async Task Events_ThatWereChanged_AreNamed(string what, string message)
    {
        string run = await trial.CopyAsync();
        SpoiledRun.RemoveSums(run);
        SpoiledRun.Events(run, records => what switch
        {
            "swapped" => [.. records[..3], records[4], records[3]],
            "missing" => [.. records[..2], .. records[3..]],
            "doubled" => [.. records[..3], .. records[2..]],
            "last missing" => records[..^1],
            "no version" => records[1..],
            // The value of the first point of epoch 1 stands behind its tag.
            "another number" => [.. records[..2], SpoiledRun.OtherByte(records[2], records[2].AsSpan(12).IndexOf("Loss/train"u8) + 13), .. records[3..]],
            "cut off" => [.. records[..^1], records[^1][..^1]],
            _ => [.. records[..^1], [.. records[^1][..^1], (byte)(records[^1][^1] ^ 1)]],
        });
        VerifyOutcome outcome = await trial.VerifyAsync(run);
        Assert.Equal((6, "tensorboard"), (outcome.Status, outcome.With("differs")));
        Assert.StartsWith($"tensorboard/events.out.tfevents.0.trainer{message}", outcome.Differences.First(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "t", "line_search.csv: step 1: t is ")]
    [InlineData(2, "trials", "line_search.csv: step 2: t is ")]
    [InlineData(2, "loss_before", "line_search.csv: step 2: loss_before is ")]
    [InlineData(2, "loss_after", "line_search.csv: step ")]
    [InlineData(1, "step", "line_search.csv(2): step 1 is missing")]
    public async Task AStep_OfALineSearch_ThatWasChanged_IsNamed(int line, string column, string message)
    {
        string run = await trial.CopyAsync($"{Embedded}\nbatch_size: 300", LineSearch);
        SpoiledRun.RemoveSums(run);
        SpoiledRun.Field(run, "line_search.csv", line, column, SpoiledRun.Other);
        VerifyOutcome outcome = await trial.VerifyAsync(run);
        Assert.Equal((6, "line search"), (outcome.Status, outcome.With("differs")));
        Assert.StartsWith(message, outcome.Differences.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSquaredGradient_OfALineSearch_IsHeldByTrainingAgain()
    {
        string run = await trial.CopyAsync($"{Embedded}\nbatch_size: 300", LineSearch);
        SpoiledRun.RemoveSums(run);
        SpoiledRun.Field(run, "line_search.csv", 2, "gradient_squared", SpoiledRun.Other);
        Assert.Equal(0, (await trial.VerifyAsync(run)).Status);
        VerifyOutcome outcome = await trial.VerifyAsync(run, "--rerun");
        Assert.Equal((6, "rerun"), (outcome.Status, outcome.With("differs")));
        Assert.StartsWith("epoch 2: gradient_squared of line_search.csv differs: recorded ", outcome.Differences.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("early_stopping: {patience: 1}", "{name: sgd, lr: 1.0e-30}", "has not fallen below", "fell below")]
    [InlineData("batch_size: 300\nepochs: 2000\nmodel: {hidden: []}", "{name: line_search, t0: 1.0e-30, max_trials: 2}", "no step of the line search", "no step")]
    public async Task TheReason_ForWhichARunEndedEarly_IsHeldToItsLines(string more, string optimizer, string text, string other)
    {
        string run = await trial.CopyAsync($"{Embedded}\n{more}", optimizer);
        SpoiledRun.RemoveSums(run);
        SpoiledRun.Replace(run, "summary.json", text, other);
        VerifyOutcome outcome = await trial.VerifyAsync(run);
        Assert.Equal((6, "summary"), (outcome.Status, outcome.With("differs")));

        run = await trial.CopyAsync($"{Embedded}\n{more}", optimizer);
        SpoiledRun.RemoveSums(run);
        SpoiledRun.Replace(run, "status.json", text, other);
        outcome = await trial.VerifyAsync(run);
        Assert.Equal((6, "status"), (outcome.Status, outcome.With("differs")));
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
