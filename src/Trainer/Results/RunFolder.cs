using Trainer.Runs;
using Trainer.Storage;
using Trainer.TensorBoard;
using Trainer.Yaml;

namespace Trainer.Results;

/// <summary>Where a run's files lie: <c>results/&lt;name&gt;/&lt;hash8&gt;-s&lt;seed&gt;/</c>.</summary>
/// <param name="Path">The folder.</param>
internal sealed record RunFolder(string Path)
{
    // A run's, its configuration's, and that of all results.
    private const int Levels = 3;

    /// <summary>The resolved configuration, every key written out.</summary>
    public string Config => In("config.yaml");

    /// <summary>Versions, machine, device, data set, times.</summary>
    public string Manifest => In("manifest.json");

    /// <summary>Loss and accuracy by epoch; repeats to the byte.</summary>
    public string Metrics => In("metrics.csv");

    /// <summary>A digest of every tensor by epoch; repeats to the byte.</summary>
    public string Digests => In("digests.csv");

    /// <summary>Seconds by epoch.</summary>
    public string Timing => In("timing.csv");

    /// <summary>Each step of a line search; repeats to the byte.</summary>
    public string LineSearch => In("line_search.csv");

    /// <summary>How it ended; there once the run is complete, repeats to the byte.</summary>
    public string Summary => In("summary.json");

    /// <summary>The SHA-256 of the files that nobody changes any more; there once the run is complete.</summary>
    public string Sums => In("SHA256SUMS");

    /// <summary>How far it is.</summary>
    public string Status => In("status.json");

    /// <summary>Which start of a task on a cluster may write here; there while one is at work.</summary>
    public string Lease => In("lease.json");

    /// <summary>The picture.</summary>
    public string Curves => In("curves.svg");

    /// <summary>Weights of the last epoch.</summary>
    public string LastWeights => In("checkpoints", "last.safetensors");

    /// <summary>Weights of the best epoch by validation.</summary>
    public string BestWeights => In("checkpoints", "best.safetensors");

    /// <summary>Weights, and while the run is not complete what it needs to go on.</summary>
    public string Checkpoints => In("checkpoints");

    /// <summary>The weights that a run began with where they were another's.</summary>
    public string InitialWeights => In("checkpoints", "initial.safetensors");

    /// <summary>What <c>trainer eval</c> found.</summary>
    public string Evaluations => In("eval");

    /// <summary>First steps in detail, when they were asked for.</summary>
    public string Trace => In("trace");

    /// <summary>The weights that <paramref name="checkpoint"/> means.</summary>
    public string Weights(CheckpointName checkpoint) => checkpoint == CheckpointName.Best ? BestWeights : LastWeights;

    /// <summary>What was seen inside the network, when that was asked for.</summary>
    public DiagnosticsFolder Diagnostics => new(In("diagnostics"));

    /// <summary>The events for TensorBoard, when they were asked for.</summary>
    public TensorBoardFolder TensorBoard => new(In("tensorboard"));

    /// <summary>The folder of <paramref name="experiment"/>, resolved, below <paramref name="root"/>.</summary>
    public static RunFolder Of(string root, Experiment experiment) => new(System.IO.Path.Combine(
        root, experiment.Name, FormattableString.Invariant($"{ConfigHash.Of(experiment)}-s{experiment.Seed}")));

    /// <summary>Removes what an earlier run of this folder left, so that nothing of two runs is mixed.</summary>
    public void Clear() => WriteFailure.Retry(() =>
    {
        // The summary first: without it the folder counts as unfinished, whatever else is still there.
        string[] files =
        [
            Summary, Sums, Status, Metrics, Digests, Timing, LineSearch, Curves, Manifest, LastWeights, BestWeights,
            .. CheckpointPlace.All(Checkpoints).SelectMany(place => new[] { place.Description, place.Arrays }),
        ];
        foreach (string file in files.Where(File.Exists))
        {
            Disk.Current.DeleteFile(file);
        }
        foreach (string folder in new[] { Trace, Evaluations, Diagnostics.Path, TensorBoard.Path }.Where(Directory.Exists))
        {
            DiskFolder.Remove(folder);
        }
        if (Directory.Exists(Path))
        {
            // Begun by a process that was killed before it could rename them.
            AtomicFile.DiscardBegun(Path);
            // Before anything new is written: no power cut brings something of the earlier run back beside it.
            DiskFolder.FlushAll(Path);
            DiskFolder.FlushName(Path, Levels);
        }
    });

    /// <summary>Removes what a run that goes on needs no more: files that a process had begun when it was ended by force, and the picture of
    /// when it was stopped. A picture that is there is that of the end.</summary>
    public void ClearRemains() => WriteFailure.Retry(() =>
    {
        AtomicFile.DiscardBegun(Path);
        Disk.Current.DeleteFile(Curves);
    });

    private string In(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);
}
