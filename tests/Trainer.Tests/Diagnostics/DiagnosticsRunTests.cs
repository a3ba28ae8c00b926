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

    [Theory]
    [InlineData("model.normalization=batch_norm", true)]
    [InlineData("ema={decay: 0.9}", true)]
    [InlineData("optimizer=line_search", false)]
    [InlineData("early_stopping={patience: 5}", true)]
    public async Task Diagnostics_GoWithEveryKindOfRun_AndChangeNoByteOfIt(string set, bool hasUpdates)
    {
        using var trial = new ProgramTrial();
        string[] options = ["--set", set, "--set", "data.validation=100", "--set", "batch_size=400"];
        string config = trial.SmallConfig();
        Assert.Equal(0, (await trial.TrainAsync(config, options)).Status);
        string without = Everything(trial.RunFolder());
        ProgramOutcome outcome = await trial.TrainAsync(config, ["--set", On, .. options]);
        Assert.True(outcome.Status == 0, outcome.Error);
        Assert.Equal(without, Everything(trial.RunFolder()));
        string[] layers = trial.Read("diagnostics", "layers.csv").TrimEnd('\n').Split('\n');
        string[] network = trial.Read("diagnostics", "network.csv").TrimEnd('\n').Split('\n');
        Assert.Equal((1 + (3 * 3), 1 + 3), (layers.Length, network.Length));
        Assert.Equal(hasUpdates, layers[^1].Split(',')[4].Length > 0);
        Assert.All(network[1..], row => Assert.All(row.Split(','), Assert.NotEmpty));
        Assert.Contains("already done", (await trial.TrainAsync(config, ["--set", On, .. options])).Output);
    }

    [Theory]
    [InlineData("{name: sgd, lr: 1.0e-30}", "early_stopping={patience: 1}", 1)]
    [InlineData("{name: line_search, t0: 1.0e-20}", "batch_size=400", 0)]
    public async Task RunThatEndedEarly_IsDone_WhenAskedAgain(string optimizer, string set, int epochs)
    {
        using var trial = new ProgramTrial();
        string[] options = [trial.SmallConfig("diagnostics: true\ndata: {validation: 100}", optimizer), "--set", set];
        ProgramOutcome first = await trial.RunAsync(["run", .. options, "--out", trial.Results]);
        Assert.Contains($" after epoch {epochs} of 2", first.Output);
        Assert.Equal(1 + 1 + epochs, trial.Read("diagnostics", "network.csv").TrimEnd('\n').Split('\n').Length);
        Assert.Contains("already done", (await trial.RunAsync(["run", .. options, "--out", trial.Results])).Output);
        File.Delete(Path.Combine(trial.RunFolder(), "diagnostics", "layers.csv"));
        Assert.DoesNotContain("already done", (await trial.RunAsync(["run", .. options, "--out", trial.Results])).Output);
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
