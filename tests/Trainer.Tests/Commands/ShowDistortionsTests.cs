namespace Trainer.Tests.Commands;

/// <summary><c>trainer show --augment</c>.</summary>
public class ShowDistortionsTests
{
    private const string Turned = "augmentation.rotation.degrees=90";

    [Fact]
    public async Task EachRow_BeginsWithTheOriginal_AndGoesThroughTheEpochs()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await Show(trial, "--set", Turned, "--rows", "2", "--columns", "3");
        Assert.True(outcome.Status == 0, outcome.Error);
        Assert.StartsWith("embedded-garments, training images of trial, seed 1", outcome.Output);
        string svg = File.ReadAllText(trial.In("show.svg"));
        Assert.Equal(6, Count(svg, "<image"));
        Assert.Equal((2, 2, 0), (Count(svg, ">epoch 1"), Count(svg, ">epoch 2"), Count(svg, ">epoch 3")));
    }

    [Fact]
    public async Task Picture_RepeatsToTheByte_AndFollowsTheSeed()
    {
        using var trial = new ProgramTrial();
        async Task<string> Drawn(params string[] more)
        {
            ProgramOutcome outcome = await Show(trial, ["--set", Turned, .. more]);
            Assert.True(outcome.Status == 0, outcome.Error);
            return File.ReadAllText(trial.In("show.svg"));
        }
        string first = await Drawn();
        Assert.Equal(first, await Drawn());
        Assert.Equal(await Drawn("--seed", "9"), await Drawn("--set", "seed=9"));
        Assert.NotEqual(first, await Drawn("--seed", "9"));
        Assert.NotEqual(first, await Drawn("--set", "input_noise.std=0.2"));
    }

    [Fact]
    public async Task NoiseAlone_IsShown_AndAClassCanBeChosen()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await Show(trial, "--set", "input_noise.std=0.2", "--class", "Bag", "--rows", "1", "--columns", "2");
        Assert.True(outcome.Status == 0, outcome.Error);
        Assert.Contains("Bag #", outcome.Output);
        Assert.Contains("epoch 1 #", outcome.Output);
    }

    [Fact]
    public async Task Validation_IsNeverShown()
    {
        using var trial = new ProgramTrial(train: 100);
        ProgramOutcome outcome = await Show(trial, "--set", Turned, "--set", "data.validation=98", "--rows", "20");
        Assert.True(outcome.Status == 0, outcome.Error);
        Assert.Equal(2, Count(File.ReadAllText(trial.In("show.svg")), ">epoch 1"));
    }

    private static Task<ProgramOutcome> Show(ProgramTrial trial, params string[] more) =>
        trial.RunAsync(["show", "--augment", trial.SmallConfig("data: {source: embedded}"), "--output", trial.In("show.svg"), .. more]);

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
