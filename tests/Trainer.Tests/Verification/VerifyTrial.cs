using System.Text.Json;
using Trainer.Tests.Commands;

namespace Trainer.Tests.Verification;

/// <summary>A good run, trained once, and copies of it to spoil.</summary>
public sealed class VerifyTrial : IDisposable
{
    private readonly ProgramTrial _program = new(train: 300, test: 100);
    private readonly Dictionary<string, string> _runs = [];
    private int _copies;

    /// <summary>A copy of the run of a small experiment with all that a run of an update rule can leave behind.</summary>
    internal Task<string> CopyAsync() => CopyAsync(
        "data: {source: embedded, validation: 60}\ntensorboard: true\ndiagnostics: true\nmodel: {hidden: [7, 6], activation: relu, normalization: batch_norm}",
        "{name: sgd, lr: 0.1, momentum: 0.9}", "--trace", "3");

    /// <summary>A copy of the run of another one.</summary>
    internal async Task<string> CopyAsync(string more, string optimizer, params string[] options)
    {
        string key = string.Join('\n', [more, optimizer, .. options]);
        if (!_runs.TryGetValue(key, out string? folder))
        {
            string results = _program.In($"results-{_runs.Count}");
            string model = more.Contains("model:", StringComparison.Ordinal) ? "" : "model: {hidden: [7, 6], activation: relu}\n";
            string epochs = more.Contains("epochs:", StringComparison.Ordinal) ? "" : "epochs: 3\n";
            string size = more.Contains("batch_size:", StringComparison.Ordinal) ? "" : "batch_size: 64\n";
            string config = _program.Config($"name: trial\noptimizer: {optimizer}\n{size}{model}{epochs}{more}\n");
            Ending = await _program.RunAsync(["run", config, "--out", results, "--threads", "2", .. options]);
            folder = Assert.Single(Directory.GetDirectories(results).SelectMany(Directory.GetDirectories));
            _runs.Add(key, folder);
        }
        string copy = _program.In($"copy-{_copies++}", Path.GetFileName(folder));
        foreach (string file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        return copy;
    }

    /// <summary>How the training that was done last ended.</summary>
    internal ProgramOutcome? Ending { get; private set; }

    /// <summary><c>trainer verify</c>, for people.</summary>
    internal Task<ProgramOutcome> RunAsync(params string[] arguments) => _program.RunAsync(["verify", .. arguments]);

    /// <summary><c>trainer resume</c>.</summary>
    internal Task<ProgramOutcome> ResumeAsync(string folder) => _program.RunAsync("resume", folder);

    /// <summary><c>trainer verify</c>, for machines: what each check of a run found.</summary>
    internal async Task<VerifyOutcome> VerifyAsync(string folder, params string[] options)
    {
        ProgramOutcome outcome = await RunAsync([folder, "--json", .. options]);
        var checks = new Dictionary<string, (string, string[])>();
        foreach (string line in outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            JsonElement element = JsonDocument.Parse(line).RootElement;
            if (element.TryGetProperty("check", out JsonElement check))
            {
                string[] differences = [.. element.GetProperty("differences").EnumerateArray().Select(text => text.GetString()!)];
                string compared = element.GetProperty("compared").GetString()!;
                checks.Add(check.GetString()!, (element.GetProperty("verdict").GetString()!, differences.Length > 0 ? differences : [compared]));
            }
        }
        return new VerifyOutcome(outcome.Status, checks, outcome.Error);
    }

    public void Dispose() => _program.Dispose();
}
