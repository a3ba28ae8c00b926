using System.Security.Cryptography;
using Trainer.Results;
using Trainer.Tests.TensorBoard;

namespace Trainer.Tests.Storage;

/// <summary>What the folder of a complete run holds that must be the same however it came about.</summary>
/// <param name="Files">Names and hashes of all files that repeat to the byte, a line each.</param>
/// <param name="Epochs">The epochs of its <c>timing.csv</c>, in order.</param>
/// <param name="Events">Steps and values of its events, in order.</param>
/// <param name="State">What its <c>status.json</c> says.</param>
internal sealed record RecordedRun(string Files, string Epochs, string Events, RunState? State)
{
    // The clock is in these, and hashes of them.
    private static readonly string[] OfTheClock = ["timing.csv", "status.json", "manifest.json", "SHA256SUMS", ".lock"];

    /// <summary>Reads the run in <paramref name="folder"/>.</summary>
    public static RecordedRun Of(RunFolder folder) => new(
        string.Join('\n', Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder.Path, file))
            .Where(name => !OfTheClock.Contains(name) && !name.StartsWith("tensorboard", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => $"{name} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder.Path, name))))[..12]}")),
        File.Exists(folder.Timing) ? string.Join(' ', File.ReadAllLines(folder.Timing).Select(line => line.Split(',')[0])) : "",
        File.Exists(folder.TensorBoard.Events) ? string.Join('\n', EventReader.Read(File.ReadAllBytes(folder.TensorBoard.Events)).Select(Text)) : "",
        RunStatus.TryRead(folder)?.State);

    /// <summary>What is not as in <paramref name="expected"/>; null where all is.</summary>
    public string? DifferenceFrom(RecordedRun expected)
    {
        if (this == expected)
        {
            return null;
        }
        string[] lines = [.. Files.Split('\n'), Epochs, .. Events.Split('\n'), $"{State}"];
        string[] others = [.. expected.Files.Split('\n'), expected.Epochs, .. expected.Events.Split('\n'), $"{expected.State}"];
        return $"has [{string.Join("; ", lines.Except(others))}] and not [{string.Join("; ", others.Except(lines))}]";
    }

    private static string Text(ReadEvent read) => $"{read.Step} {read.FileVersion} {string.Join(' ', read.Values)}";
}
