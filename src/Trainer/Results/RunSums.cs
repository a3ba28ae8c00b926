using System.Security.Cryptography;
using System.Text;
using Trainer.Failures;
using Trainer.Storage;

namespace Trainer.Results;

/// <summary>
/// <c>SHA256SUMS</c> of a complete run: the hashes of the files that nobody changes any more, as <c>sha256sum -c SHA256SUMS</c> reads
/// them. Pictures are drawn again, evaluations come and go, and <c>status.json</c> is written last: they are not among them.
/// </summary>
internal static class RunSums
{
    private static readonly string[] Names =
    [
        "checkpoints/best.safetensors", "checkpoints/initial.safetensors", "checkpoints/last.safetensors", "config.yaml", "diagnostics/layers.csv", "diagnostics/network.csv",
        "digests.csv", "line_search.csv", "manifest.json", "metrics.csv", "summary.json",
        "tensorboard/events.out.tfevents.0.trainer", "timing.csv", "trace/gradient.safetensors", "trace/initial.safetensors", "trace/steps.csv",
    ];

    /// <summary>The files in <paramref name="folder"/> that have to be listed, relative to it.</summary>
    public static IEnumerable<string> FilesOf(RunFolder folder) => Names.Where(name => File.Exists(PathOf(folder, name)));

    /// <summary>Whether it is the name of a file that may be listed: no other is looked at, wherever it leads.</summary>
    public static bool IsName(string name) => Names.Contains(name);

    /// <summary>Where a listed file lies.</summary>
    public static string PathOf(RunFolder folder, string name) => Path.Combine([folder.Path, .. name.Split('/')]);

    /// <summary>The SHA-256 of a file, in lower-case hexadecimal.</summary>
    /// <exception cref="RunFailedException">It cannot be read.</exception>
    public static string Of(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{path}: cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Writes them.</summary>
    /// <param name="folder">The run, with all its files but the summary.</param>
    /// <param name="summary">What the summary is going to hold.</param>
    /// <exception cref="RunFailedException">A file cannot be read, or this one not written.</exception>
    public static void Write(RunFolder folder, string summary)
    {
        string summaryName = Path.GetFileName(folder.Summary);
        IEnumerable<(string Name, string Hash)> files = FilesOf(folder)
            .Where(name => name != summaryName)
            .Select(name => (name, Of(PathOf(folder, name))))
            .Append((summaryName, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(summary)))))
            .OrderBy(file => file.Item1, StringComparer.Ordinal);
        AtomicFile.WriteText(folder.Sums, string.Concat(files.Select(file => $"{file.Hash}  {file.Name}\n")));
    }
}
