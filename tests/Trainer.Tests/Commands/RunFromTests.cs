using Trainer.Results;

namespace Trainer.Tests.Commands;

/// <summary><c>trainer run --from</c>: another run's weights to begin with.</summary>
public class RunFromTests
{
    [Fact]
    public async Task ARun_BeginsWithTheWeightsOfAnother_WhoseDigestIsPartOfIt()
    {
        using var trial = new ProgramTrial();
        await trial.TrainAsync(trial.SmallConfig());
        string first = trial.RunFolder();
        IReadOnlyList<MetricsRow> trained = MetricsFile.Read(Path.Combine(first, "metrics.csv"));
        ProgramOutcome outcome = await trial.TrainAsync(trial.SmallConfig(optimizer: "{name: adam, lr: 0.001}", name: "next"), "--from", first);
        Assert.Equal(0, outcome.Status);
        Assert.Contains($"from:   {trained[^1].Digest}", outcome.Output);
        string next = NextFolder(trial);
        MetricsRow begun = MetricsFile.Read(Path.Combine(next, "metrics.csv"))[0];
        Assert.Equal(trained[^1] with { Epoch = 0, Step = 0, Lr = null, RunningLoss = null, RunningAccuracy = null }, begun);
        Assert.Contains(trained[^1].Digest!, File.ReadAllText(Path.Combine(next, "config.yaml")));
    }

    [Fact]
    public async Task ARun_ThatBeganWithAnother_CanBeRepeated_WhenThatIsGone()
    {
        using var trial = new ProgramTrial();
        await trial.TrainAsync(trial.SmallConfig());
        string config = trial.SmallConfig(name: "next");
        await trial.TrainAsync(config, "--from", trial.RunFolder());
        string next = NextFolder(trial);
        byte[] metrics = File.ReadAllBytes(Path.Combine(next, "metrics.csv"));
        Directory.Delete(Path.Combine(trial.Results, "trial"), recursive: true);
        File.Delete(Path.Combine(next, "summary.json"));
        File.Delete(Path.Combine(next, "metrics.csv"));
        ProgramOutcome outcome = await trial.RunAsync("resume", next);
        Assert.Equal(0, outcome.Status);
        Assert.Equal(metrics, File.ReadAllBytes(Path.Combine(next, "metrics.csv")));
    }

    [Fact]
    public async Task WeightsOfAnotherNetwork_OfAnotherDigest_OrOfNowhere_AreRefusedInALine()
    {
        using var trial = new ProgramTrial();
        await trial.TrainAsync(trial.SmallConfig());
        string first = trial.RunFolder();
        string config = trial.SmallConfig(name: "next");
        ProgramOutcome other = await trial.TrainAsync(config, "--from", first, "--set", "model.hidden=[16]");
        Assert.Equal(2, other.Status);
        Assert.Contains("last.safetensors: not a safetensors file of a network", other.Error);
        ProgramOutcome changed = await trial.TrainAsync(config, "--set", $"from={{weights: \"{first}\", digest: a123456789abcdef}}");
        Assert.Equal(2, changed.Status);
        Assert.Contains("not a123456789abcdef; give the weights that are meant", changed.Error);
        ProgramOutcome nowhere = await trial.TrainAsync(config, "--from", trial.In("none"));
        Assert.Equal(2, nowhere.Status);
        Assert.Contains("none: no such file; give the folder of a run", nowhere.Error);
        Assert.False(Directory.Exists(Path.Combine(trial.Results, "next")));
    }

    private static string NextFolder(ProgramTrial trial) => Assert.Single(Directory.GetDirectories(Path.Combine(trial.Results, "next")));
}
