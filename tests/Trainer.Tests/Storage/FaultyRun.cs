using Trainer.Results;
using Trainer.Storage;
using Trainer.Tests.Commands;

namespace Trainer.Tests.Storage;

/// <summary>A tiny run of the whole program, to be made with each of the faults that its operations can have.</summary>
internal sealed class FaultyRun : IDisposable
{
    private readonly ProgramTrial _trial = new(train: 60, test: 20);
    private readonly string _config;
    private RecordedRun? _expected;
    private Fault _before = Fault.None;
    private string _expectedMetrics = "";
    private int _count;

    /// <summary>A run of three epochs that is kept at every slice.</summary>
    /// <param name="more">What its configuration says beside that.</param>
    public FaultyRun(string more) => _config = _trial.Config(
        $$"""
        name: trial
        epochs: 3
        checkpoint: {epochs: 1, minutes: 1.0e-9}
        {{more}}
        {{(more.Contains("data:", StringComparison.Ordinal) ? "" : "data: {source: embedded}")}}
        """);

    /// <summary>What a run without fault asks of the disk.</summary>
    public IReadOnlyList<(DiskOperation Operation, string Path)> Operations { get; private set; } = [];

    /// <summary>Runs without fault, and keeps what comes of it.</summary>
    /// <param name="before">What ended the process before this one, if anything did.</param>
    public async Task BeginAsync(Fault before)
    {
        _before = before;
        string root = await RootAsync();
        var disk = new FaultyDisk(Fault.None, root);
        ProgramOutcome outcome = await TrainAsync(root, disk);
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Operations = disk.Log;
        _expected = RecordedRun.Of(Folder(root)!);
        _expectedMetrics = File.ReadAllText(Folder(root)!.Metrics);
        Directory.Delete(root, recursive: true);
    }

    /// <summary>Runs with a fault, then again without, and compares.</summary>
    /// <returns>What is not as it should be; null where all is.</returns>
    public async Task<string?> ProblemAsync(Fault fault)
    {
        string root = await RootAsync();
        var disk = new FaultyDisk(fault, root);
        ProgramOutcome outcome = await TrainAsync(root, disk);
        string? problem = fault.Passes || !disk.HasStruck ? Passed(outcome, disk) : fault.Kills ? null : Failed(outcome);
        problem ??= LostOf(root);
        if (problem is null && (!fault.Passes || outcome.Status != 0))
        {
            bool isKept = IsKept(root);
            outcome = await TrainAsync(root, new FaultyDisk(Fault.None, root));
            problem = GoneOn(outcome, fault, root, isKept);
        }
        problem ??= RecordedRun.Of(Folder(root)!).DifferenceFrom(_expected!);
        Directory.Delete(root, recursive: true);
        string where = disk.HasStruck ? $"{disk.Log[fault.At - 1].Operation} {Path.GetFileName(disk.Log[fault.At - 1].Path)}" : "nowhere";
        return problem is null ? null : $"{fault} ({where}): {problem}";
    }

    /// <summary>Starts the run with one fault after the other until it ends by itself, and compares.</summary>
    /// <param name="faults">The fault of each start, from 0.</param>
    public async Task<(int Starts, string? Problem)> EndAgainAndAgainAsync(Func<int, Fault> faults)
    {
        string root = await RootAsync();
        for (int start = 0; ; start++)
        {
            var disk = new FaultyDisk(faults(start), root);
            ProgramOutcome outcome = await TrainAsync(root, disk);
            if (LostOf(root) is { } lost)
            {
                return (start, $"start {start}: {lost}");
            }
            if (!disk.HasStruck)
            {
                return (start + 1, outcome.Status == 0 ? RecordedRun.Of(Folder(root)!).DifferenceFrom(_expected!) : outcome.Error);
            }
        }
    }

    public void Dispose() => _trial.Dispose();

    /// <summary>A fault that passes costs nothing but a pause.</summary>
    private static string? Passed(ProgramOutcome outcome, FaultyDisk disk) =>
        outcome.Status != 0 || outcome.Error.Length > 0 ? $"ended with {outcome.Status}: {outcome.Error}"
        : disk.Pauses.Any(pause => pause != WriteFailure.Pauses[0]) || disk.Pauses.Count > 1 ? $"waited {string.Join(", ", disk.Pauses)}"
        : null;

    /// <summary>One that stays is told in a line; where nothing of the run itself depends on it, it need not be.</summary>
    private static string? Failed(ProgramOutcome outcome)
    {
        string line = outcome.Error.TrimEnd('\n');
        const string kept = "the run is kept in ";
        if (line.IndexOf(kept, StringComparison.Ordinal) is >= 0 and var start)
        {
            Directory.Delete(line[(start + kept.Length)..line.IndexOf(": ", start, StringComparison.Ordinal)], recursive: true);
        }
        return outcome.Status is not (0 or 1) || outcome.Status == 0 != (line.Length == 0) || line.Contains('\n')
            || line.Contains("unexpected", StringComparison.Ordinal) || (line.Length > 0 && !line.StartsWith("trainer: ", StringComparison.Ordinal))
                ? $"ended with {outcome.Status}: {outcome.Error}"
                : null;
    }

    /// <summary>What is recorded is a beginning of what was to be.</summary>
    private string? LostOf(string root) =>
        Folder(root) is { } folder && File.Exists(folder.Metrics)
        && !_expectedMetrics.StartsWith(System.Text.Encoding.UTF8.GetString(CsvFile.WholeLines(folder.Metrics)), StringComparison.Ordinal)
            ? $"metrics.csv has other lines: {File.ReadAllText(folder.Metrics)}"
            : null;

    private static string? GoneOn(ProgramOutcome outcome, Fault fault, string root, bool isKept)
    {
        if (outcome.Status != 0 || (outcome.Error.Length > 0 && !fault.Cuts))
        {
            return $"started again it ended with {outcome.Status}: {outcome.Error}";
        }
        // From the beginning it would end with the same bytes, and cost all that was done.
        return isKept && Manifest.TryRead(Folder(root)!) is not { Continued.Count: > 0 } ? $"began again: {outcome.Error}" : null;
    }

    /// <summary>Whether there is something to go on from: a checkpoint of a run that is not complete.</summary>
    private static bool IsKept(string root) =>
        Folder(root) is { } folder && RunSummary.TryRead(folder) is null && CheckpointPlace.In(folder.Checkpoints).Count > 0;

    private static RunFolder? Folder(string root)
    {
        string results = Path.Combine(root, "results", "trial");
        return Directory.Exists(results) && Directory.GetDirectories(results) is [var run] ? new RunFolder(run) : null;
    }

    private async Task<string> RootAsync()
    {
        string root = Directory.CreateDirectory(_trial.In($"{Interlocked.Increment(ref _count)}")).FullName;
        if (_before != Fault.None)
        {
            await TrainAsync(root, new FaultyDisk(_before, root));
        }
        return root;
    }

    private async Task<ProgramOutcome> TrainAsync(string root, FaultyDisk disk)
    {
        using (Disk.Use(disk))
        {
            return await _trial.RunAsync("run", _config, "--out", Path.Combine(root, "results"), "--device", "cpu", "--threads", "1");
        }
    }
}
