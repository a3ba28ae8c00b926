namespace Trainer.Tests.Verification;

/// <summary>Weights, digests, steps of a line search, events and reasons to end that are not what training gives: <c>trainer verify</c>
/// names them, some by training again.</summary>
public class SpoiledTrainingTests(VerifyTrial trial) : IClassFixture<VerifyTrial>
{
    private const string Embedded = "data: {source: embedded, validation: 60}";
    private const string LineSearch = "{name: line_search, t0: 4}";

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
}
