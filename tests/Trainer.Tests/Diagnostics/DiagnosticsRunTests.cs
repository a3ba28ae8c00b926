using Trainer.Tests.Charts;
using Trainer.Tests.Commands;

namespace Trainer.Tests.Diagnostics;

/// <summary><c>diagnostics: true</c>, end to end.</summary>
public class DiagnosticsRunTests
{
    private const string On = "diagnostics=true";
    private static readonly string[] Csv = ["layers.csv", "network.csv"];

    [Theory]
    [InlineData("{name: adam, lr: 0.003}")]
    [InlineData("{name: sgd, lr: 0.1, momentum: 0.9}")]
    public async Task Diagnostics_ChangeNoByteOfTheMetricsAndWeights(string optimizer)
    {
        using var trial = new ProgramTrial();
        string config = trial.SmallConfig("data: {validation: 50}", optimizer);
        await trial.TrainAsync(config);
        string folder = trial.RunFolder();
        string without = Everything(folder);
        Assert.False(Directory.Exists(Path.Combine(folder, "diagnostics")));
        // The run is done, but what is asked for now is not there: it is made again, in the same folder.
        ProgramOutcome outcome = await trial.TrainAsync(config, "--set", On);
        Assert.Equal(0, outcome.Status);
        Assert.Equal(without, Everything(trial.RunFolder()));
        Assert.True(File.Exists(Path.Combine(folder, "diagnostics", "network.csv")));
    }

    [Fact]
    public async Task Diagnostics_AreTheSameBytes_OnEveryEngineAndThreadCount()
    {
        using var trial = new ProgramTrial();
        string config = trial.SmallConfig("diagnostics: true");
        var seen = new List<string>();
        foreach (string[] how in (string[][])[["--device", "reference"], ["--threads", "1"], ["--threads", "3"]])
        {
            await trial.TrainAsync(config, ["--force", .. how]);
            seen.Add(string.Concat(Csv.Select(file => trial.Read("diagnostics", file))));
        }
        Assert.All(seen, text => Assert.Equal(seen[0], text));
    }

    [Fact]
    public async Task Files_HaveALineForEachLayerAndEpoch_AndAPictureAFamily()
    {
        using var trial = new ProgramTrial();
        await trial.TrainAsync(trial.SmallConfig("diagnostics: true"));
        string[] layers = trial.Read("diagnostics", "layers.csv").TrimEnd('\n').Split('\n');
        Assert.Equal("epoch,layer,gradient_norm,weight_norm,update_ratio,dead_share,saturated_share,spectral_norm", layers[0]);
        Assert.Equal(1 + (3 * 3), layers.Length);
        // Before the first step there is no update; a rectifier does not saturate; the output has no activation.
        string[] untrained = layers[1].Split(','), output = layers[^1].Split(',');
        Assert.Equal(["0", "1", "", ""], [untrained[0], untrained[1], untrained[4], untrained[6]]);
        Assert.Equal(["2", "3", "", ""], [output[0], output[1], output[5], output[6]]);
        Assert.All([output[2], output[3], output[4], output[7]], Assert.NotEmpty);
        string[] network = trial.Read("diagnostics", "network.csv").TrimEnd('\n').Split('\n');
        Assert.Equal("epoch,lipschitz_bound,accuracy_noise_0,accuracy_noise_0.05,accuracy_noise_0.1,accuracy_noise_0.2,accuracy_noise_0.3", network[0]);
        Assert.Equal(4, network.Length);
        string folder = Path.Combine(trial.RunFolder(), "diagnostics");
        string[] pictures = [.. Directory.GetFiles(folder, "*.svg").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Assert.Equal(["gradients.svg", "noise.svg", "norms.svg", "units.svg", "updates.svg"], pictures);
        Assert.All(pictures, picture => new SvgPicture(File.ReadAllText(Path.Combine(folder, picture))).AssertEverythingIsInside());
    }

    [Theory]
    [InlineData("epochs=0")]
    [InlineData("model.hidden=[]")]
    [InlineData("model.activation=sigmoid")]
    [InlineData("model.hidden=[9, 9, 9, 9, 9, 9, 9, 9]")]
    [InlineData("model.init=zeros")]
    public async Task Pictures_AreDrawnOfAnyNetwork(string set)
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.TrainAsync(trial.SmallConfig("diagnostics: true"), "--set", set);
        Assert.True(outcome.Status == 0, outcome.Error);
        foreach (string picture in Directory.GetFiles(Path.Combine(trial.RunFolder(), "diagnostics"), "*.svg"))
        {
            new SvgPicture(await File.ReadAllTextAsync(picture)).AssertEverythingIsInside();
        }
    }

    [Fact]
    public async Task Run_WithDiagnostics_IsDoneForOneWithout_AndSkippedWhenAskedAgain()
    {
        using var trial = new ProgramTrial();
        string config = trial.SmallConfig();
        await trial.TrainAsync(config, "--set", On);
        string manifest = trial.Read("manifest.json");
        Assert.Contains("already done", (await trial.TrainAsync(config, "--set", On)).Output);
        Assert.Contains("already done", (await trial.TrainAsync(config)).Output);
        Assert.Equal(manifest, trial.Read("manifest.json"));
        // Made again without: nothing of the earlier run stays.
        await trial.TrainAsync(config, "--force");
        Assert.False(Directory.Exists(Path.Combine(trial.RunFolder(), "diagnostics")));
    }

    private static string Everything(string folder) =>
        File.ReadAllText(Path.Combine(folder, "metrics.csv"))
        + Convert.ToHexString(File.ReadAllBytes(Path.Combine(folder, "checkpoints", "last.safetensors")))
        + File.ReadAllText(Path.Combine(folder, "summary.json"));
}
