using System.Text.RegularExpressions;
using Trainer.Results;

namespace Trainer.Verification.Checks;

/// <summary>The files are the ones that <c>SHA256SUMS</c> lists.</summary>
internal sealed partial class SumsCheck : IRunCheck
{
    private const int ShownDigits = 16;

    // A line has 110 bytes at most, and there are few files.
    private const int LongestFile = 1 << 14;

    /// <inheritdoc/>
    public string Name => "files";

    /// <inheritdoc/>
    public CheckOutcome? Check(VerifiedRun run)
    {
        string sums = run.NameOf(run.Folder.Sums);
        if (!run.IsComplete)
        {
            return CheckOutcome.NotChecked($"{sums} is written when a run is complete");
        }
        if (!File.Exists(run.Folder.Sums))
        {
            return CheckOutcome.NotChecked($"there is no {sums}, as runs of earlier versions have none");
        }
        if (new FileInfo(run.Folder.Sums).Length > LongestFile)
        {
            return CheckOutcome.Of(sums, $"{sums}: is longer than any run's");
        }
        string[] lines = File.ReadAllLines(run.Folder.Sums);
        var listed = new HashSet<string>(StringComparer.Ordinal);
        List<string?> differences = [.. lines.Select((line, index) => Problem(run, $"{sums}({index + 1})", line, listed))];
        differences.AddRange(RunSums.FilesOf(run.Folder).Where(name => !listed.Contains(name)).Select(name => $"{name}: is not listed in {sums}"));
        return CheckOutcome.Of($"{listed.Count} files have the SHA-256 that {sums} lists", differences);
    }

    private static string? Problem(VerifiedRun run, string place, string line, HashSet<string> listed)
    {
        Match match = Line().Match(line);
        string name = match.Groups["name"].Value;
        if (!match.Success || !RunSums.IsName(name))
        {
            return $"{place}: is no line with the SHA-256 of a file of a run";
        }
        if (!listed.Add(name))
        {
            return $"{place}: lists {name} twice";
        }
        string path = RunSums.PathOf(run.Folder, name);
        if (!File.Exists(path))
        {
            return $"{name}: is listed, but not there";
        }
        (string recorded, string computed) = (match.Groups["hash"].Value, RunSums.Of(path));
        return recorded == computed ? null : $"{name}: SHA-256 recorded {recorded[..ShownDigits]}…, computed {computed[..ShownDigits]}…";
    }

    [GeneratedRegex("^(?<hash>[0-9a-f]{64})  (?<name>[a-z][a-z0-9_./]*)$")]
    private static partial Regex Line();
}
