using System.Text.Json;
using Trainer.Devices;
using Trainer.Engines.Cpu;
using Trainer.Results;
using Trainer.Tests.Commands;
using Trainer.Tests.Devices;

namespace Trainer.Tests.Resuming;

/// <summary>A run of ten epochs, kept every three, whose device is lost when the ninth begins: what it leaves is what one leaves that was
/// ended by force, at the same place every time. It goes on on the processor.</summary>
internal sealed class LostRun : IDisposable
{
    /// <summary>Epochs that are recorded when the device is lost.</summary>
    public const int Recorded = 8;

    private const string Text = """
        name: trial
        model: {hidden: [16, 8], activation: relu, dropout: 0.2}
        optimizer: {name: sgd, lr: 0.1, momentum: 0.9}
        schedule: {name: reduce_on_plateau, patience: 0}
        batch_size: 64
        epochs: 10
        diagnostics: true
        tensorboard: true
        data: {source: embedded, validation: 100}
        checkpoint: {epochs: 3, minutes: 0}

        """;

    private readonly string _config;

    private LostRun(DeviceAccess devices)
    {
        Program = new ProgramTrial { Devices = devices };
        _config = Program.Config(Text);
    }

    /// <summary>The program.</summary>
    public ProgramTrial Program { get; }

    /// <summary>Where the run lies.</summary>
    public RunFolder Folder => new(Program.RunFolder());

    /// <summary>The checkpoints, the newest first.</summary>
    public IReadOnlyList<CheckpointPlace> Checkpoints => CheckpointPlace.All(Folder.Checkpoints);

    /// <summary>The places where it went on, as "epoch-step".</summary>
    public IEnumerable<string> Continued => JsonDocument.Parse(File.ReadAllText(Folder.Manifest)).RootElement.TryGetProperty("continued", out JsonElement all)
        ? all.EnumerateArray().Select(one => $"{one.GetProperty("epoch")}-{one.GetProperty("step")}")
        : [];

    /// <summary>A run that has lost its device.</summary>
    public static async Task<LostRun> MakeAsync(params string[] more)
    {
        var run = new LostRun(TrialGpus.With([TrialGpus.H100()], null, setup => new LosingEngine(CpuEngine.Create(setup, threads: 1), Recorded + 1)));
        Assert.Equal(4, (await run.Program.TrainAsync(run._config, ["--device", "cuda", .. more])).Status);
        Assert.Equal(["6-0", "3-0"], run.Checkpoints.Select(place => $"{place.Epoch}-{place.Step}"));
        Assert.Equal(Recorded + 2, run.Program.Read("metrics.csv").TrimEnd('\n').Split('\n').Length);
        return run;
    }

    /// <summary>A run of the same on engines in turn, each until it is lost: the first asked for by <c>run</c>, the others by <c>resume</c>.</summary>
    public static async Task<LostRun> OnAsync(string device, DeviceAccess devices)
    {
        var run = new LostRun(devices);
        Assert.Equal(4, (await run.Program.TrainAsync(run._config, "--device", device)).Status);
        return run;
    }

    /// <summary><c>trainer run</c> with the same configuration, on the processor.</summary>
    public Task<ProgramOutcome> AgainAsync(params string[] more) => Program.TrainAsync(_config, ["--device", "cpu", .. more]);

    /// <summary><c>trainer resume</c>.</summary>
    public Task<ProgramOutcome> ResumeAsync(params string[] more) => Program.RunAsync(["resume", Folder.Path, .. more]);

    /// <summary>The same run, left alone.</summary>
    public static async Task<SortedDictionary<string, string>> AloneAsync()
    {
        using var run = new LostRun(TrialGpus.None);
        Assert.Equal(0, (await run.AgainAsync()).Status);
        return run.Bytes();
    }

    /// <summary>All files that repeat to the byte, by name; of the others, that they are there; of the events, how many there are.</summary>
    public SortedDictionary<string, string> Bytes()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(Folder.Path, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != RunLock.FileName))
        {
            string name = Path.GetRelativePath(Folder.Path, file);
            files.Add(name, name switch
            {
                "manifest.json" or "status.json" or "config.yaml" or "SHA256SUMS" => "",
                "timing.csv" => string.Join(' ', File.ReadLines(file).Select(line => line.Split(',')[0])),
                _ when name.Contains("tfevents", StringComparison.Ordinal) => $"{Trainer.TensorBoard.EventRecord.Count(File.ReadAllBytes(file))}",
                _ => Convert.ToHexString(File.ReadAllBytes(file)),
            });
        }
        return files;
    }

    /// <inheritdoc/>
    public void Dispose() => Program.Dispose();
}
