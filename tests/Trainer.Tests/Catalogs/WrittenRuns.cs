using System.Globalization;
using Trainer.Results;
using Trainer.Runs;
using Trainer.Storage;
using Trainer.Yaml;

namespace Trainer.Tests.Catalogs;

/// <summary>A folder of results with runs in it that nobody trained: what a run writes, made up.</summary>
internal sealed class WrittenRuns : IDisposable
{
    /// <summary>The manifest's commit of a run that does not say otherwise.</summary>
    public const string Commit = "0123abcd";

    private readonly TempFolder _place = new();

    /// <summary>The folder of all results.</summary>
    public string Root => _place["results"];

    /// <summary>A place beside it.</summary>
    public string In(params ReadOnlySpan<string> parts) => _place[parts];

    /// <summary>An experiment.</summary>
    public static Experiment Sample(string name = "relu", ulong seed = 1, double lr = 0.1, int epochs = 2, string more = "") => ConfigReader.ReadText<Experiment>(
        string.Create(CultureInfo.InvariantCulture, $"name: {name}\nmodel: {{hidden: [16], activation: relu}}\noptimizer: {{name: sgd, lr: {lr}}}\nepochs: {epochs}\nseed: {seed}\n{more}"), "sample");

    /// <summary>Writes a run as it looks after some epochs.</summary>
    /// <param name="experiment">Its configuration.</param>
    /// <param name="state">What it says of itself.</param>
    /// <param name="accuracies">The test accuracy of each epoch, the untrained network first; each epoch's loss is 1 minus it.</param>
    /// <param name="data">The data set.</param>
    /// <param name="commit">The commit of the program.</param>
    /// <param name="updated">When it last wrote.</param>
    public RunFolder Write(
        Experiment experiment, RunState state = RunState.Completed, double[]? accuracies = null, string data = "fashion-mnist",
        string commit = Commit, DateTimeOffset? updated = null)
    {
        var folder = RunFolder.Of(Root, experiment);
        double[] rows = accuracies ?? [0.1, 0.5, 0.6];
        AtomicFile.WriteText(folder.Config, ConfigWriter.Write(experiment));
        AtomicFile.WriteText(folder.Manifest, $$"""{"software": {"trainer": "1", "commit": "{{commit}}"}, "engine": "cpu", "data_set": "{{data}}", "data_hash": "of-{{data}}"}""");
        CsvFile.Write(folder.Metrics, rows.Select((accuracy, epoch) => Row(epoch, accuracy)));
        WriteStatus(folder, new RunStatus(state, rows.Length - 1, experiment.Epochs, updated ?? DateTimeOffset.UtcNow, null));
        return folder;
    }

    /// <summary>Writes how far a run is.</summary>
    public static void WriteStatus(RunFolder folder, RunStatus status) => AtomicFile.WriteText(folder.Status, JsonText.File(status));

    /// <summary>A line of the metrics.</summary>
    public static MetricsRow Row(int epoch, double accuracy) => new()
    {
        Epoch = epoch,
        Step = 10 * epoch,
        Lr = epoch == 0 ? null : 0.1,
        TestLoss = 1 - accuracy,
        TestAccuracy = accuracy,
        Digest = "d",
    };

    public void Dispose() => _place.Dispose();
}
