using System.Globalization;
using Trainer.Tests.Commands;

namespace Trainer.Tests.TensorBoard;

/// <summary><c>tensorboard: true</c>, end to end.</summary>
public class TensorBoardRunTests
{
    private const string On = "tensorboard=true";
    private static readonly string[] Gradients = ["GradNorm/layer_1", "GradNorm/layer_2", "GradNorm/output"];

    [Theory]
    [InlineData("data: {validation: 100}", "Loss/train Accuracy/train Loss/validation Accuracy/validation Loss/test Accuracy/test LR")]
    [InlineData("", "Loss/train Accuracy/train Loss/test Accuracy/test LR")]
    [InlineData("evaluate_train: false", "Loss/test Accuracy/test LR")]
    public async Task Events_AreTheNumbersOfTheMetrics(string more, string tags)
    {
        using var trial = new ProgramTrial();
        DateTimeOffset before = DateTimeOffset.UtcNow;
        await trial.TrainAsync(trial.SmallConfig($"tensorboard: true\n{more}"));
        List<ReadEvent> events = Events(trial);
        Assert.Equal((4, "brain.Event:2"), (events.Count, events[0].FileVersion));
        Assert.All(events, read => Assert.InRange(
            read.WallTime, before.ToUnixTimeSeconds(), DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1));
        string[][] metrics = Lines(trial.Read("metrics.csv"));
        foreach ((int epoch, ReadEvent read) in events[1..].Index())
        {
            Assert.Equal((epoch, null), (read.Step, read.FileVersion));
            string[] expected = [.. tags.Split(' ').Where(tag => tag != "LR" || epoch > 0), .. Gradients];
            Assert.Equal(expected, read.Values.Select(value => value.Tag));
            Assert.Equal(Column("lr", epoch), read["LR"]);
            foreach ((string split, string name) in ((string, string)[])[("train", "train"), ("val", "validation"), ("test", "test")])
            {
                Assert.Equal(Column($"{split}_loss", epoch), read[$"Loss/{name}"]);
                Assert.Equal(Column($"{split}_accuracy", epoch), read[$"Accuracy/{name}"]);
            }
        }
        float? Column(string name, int epoch) => Number(metrics[epoch + 1][metrics[0].IndexOf(name)]);
    }

    [Fact]
    public async Task GradientNorms_AreThoseOfTheDiagnostics()
    {
        using var trial = new ProgramTrial();
        await trial.TrainAsync(trial.SmallConfig("tensorboard: true\ndiagnostics: true"));
        string[][] layers = Lines(trial.Read("diagnostics", "layers.csv"));
        List<ReadEvent> events = Events(trial);
        Assert.Equal(
            layers[1..].Select(row => Number(row[layers[0].IndexOf("gradient_norm")])),
            events[1..].SelectMany(read => Gradients.Select(tag => read[tag])));
        Assert.All(Gradients, tag => Assert.NotEqual(events[1][tag], events[2][tag]));
    }

    [Theory]
    [InlineData("optimizer.momentum=0.9")]
    [InlineData("model.normalization=batch_norm")]
    [InlineData("model.dropout=0.2")]
    [InlineData("model.hidden=[]")]
    [InlineData("ema={decay: 0.9}")]
    [InlineData("optimizer=line_search")]
    [InlineData("early_stopping={patience: 5}")]
    [InlineData("epochs=0")]
    public async Task Events_GoWithEveryKindOfRun_AndChangeNoByteOfIt(string set)
    {
        using var trial = new ProgramTrial();
        string[] options = ["--set", set, "--set", "data.validation=100", "--set", "batch_size=400"];
        string config = trial.SmallConfig();
        Assert.Equal(0, (await trial.TrainAsync(config, options)).Status);
        string without = Everything(trial.RunFolder());
        Assert.False(Directory.Exists(Path.Combine(trial.RunFolder(), "tensorboard")));
        // The run is done, but what is asked for now is not there: it is made again, in the same folder.
        ProgramOutcome outcome = await trial.TrainAsync(config, ["--set", On, .. options]);
        Assert.True(outcome.Status == 0, outcome.Error);
        Assert.Equal(without, Everything(trial.RunFolder()));
        int epochs = Lines(trial.Read("metrics.csv")).Length - 1;
        Assert.Equal(1 + epochs, Events(trial).Count);
        Assert.Contains("already done", (await trial.TrainAsync(config, ["--set", On, .. options])).Output);
    }

    [Fact]
    public async Task RunThatEndedEarly_IsDone_WhenAskedAgain()
    {
        using var trial = new ProgramTrial();
        string config = trial.SmallConfig(
            "tensorboard: true\ndata: {validation: 100}\nearly_stopping: {patience: 1}", "{name: sgd, lr: 1.0e-30}");
        Assert.Contains(" after epoch 1 of 2", (await trial.TrainAsync(config)).Output);
        Assert.Equal(1 + 2, Events(trial).Count);
        Assert.Contains("already done", (await trial.TrainAsync(config)).Output);
    }

    [Fact]
    public async Task Run_WithEvents_IsDoneForOneWithout_AndForcedWithoutLeavesNone()
    {
        using var trial = new ProgramTrial();
        string config = trial.SmallConfig();
        await trial.TrainAsync(config, "--set", On);
        Assert.Contains("already done", (await trial.TrainAsync(config)).Output);
        await trial.TrainAsync(config, "--force");
        Assert.False(Directory.Exists(Path.Combine(trial.RunFolder(), "tensorboard")));
    }

    [Fact]
    public async Task EventsThatAreCutOrWrong_AreMadeAgain()
    {
        using var trial = new ProgramTrial();
        string config = trial.SmallConfig("tensorboard: true");
        await trial.TrainAsync(config);
        byte[] whole = await File.ReadAllBytesAsync(EventsOf(trial));
        byte[] wrong = [.. whole];
        wrong[whole.Length / 2] ^= 1;
        foreach (byte[] damaged in (byte[][])[whole[..^1], wrong, []])
        {
            await File.WriteAllBytesAsync(EventsOf(trial), damaged);
            Assert.DoesNotContain("already done", (await trial.TrainAsync(config)).Output);
            Assert.Equal(4, Events(trial).Count);
        }
    }

    private static string EventsOf(ProgramTrial trial) =>
        Path.Combine(trial.RunFolder(), "tensorboard", "events.out.tfevents.0.trainer");

    private static List<ReadEvent> Events(ProgramTrial trial) => EventReader.Read(File.ReadAllBytes(EventsOf(trial)));

    private static string[][] Lines(string csv) => [.. csv.TrimEnd('\n').Split('\n').Select(line => line.Split(','))];

    // As the program has it: the file's binary64, rounded to binary32.
    private static float? Number(string text) => text.Length == 0 ? null : (float)double.Parse(text, CultureInfo.InvariantCulture);

    private static string Everything(string folder) =>
        File.ReadAllText(Path.Combine(folder, "metrics.csv"))
        + Convert.ToHexString(File.ReadAllBytes(Path.Combine(folder, "checkpoints", "last.safetensors")))
        + File.ReadAllText(Path.Combine(folder, "summary.json"));
}
