using System.Text;
using Trainer.Results;
using Trainer.Yaml;

namespace Trainer.Clusters;

/// <summary>The log of a task that is lost: the only word there is of it.</summary>
internal static class TaskLog
{
    private const int MostBytes = 4096;
    private const int MostCharacters = 160;

    /// <summary>Its last line; or what a missing one means.</summary>
    /// <param name="log">The log; null where there is none.</param>
    /// <param name="folder">Where it would lie.</param>
    public static string LastWord(string? log, string folder)
    {
        if (log is null)
        {
            return $"no log of it in {folder}: SLURM has forgotten it, or the nodes do not see that folder";
        }
        try
        {
            using FileStream stream = RecordedFile.Open(log);
            stream.Seek(-Math.Min(MostBytes, stream.Length), SeekOrigin.End);
            byte[] bytes = new byte[MostBytes];
            string text = Encoding.UTF8.GetString(bytes, 0, stream.ReadAtLeast(bytes, MostBytes, throwOnEndOfStream: false));
            string? line = text.Split('\n').Select(line => line.Trim()).LastOrDefault(line => line.Length > 0);
            return line is null ? "its log is empty"
                : char.IsAsciiDigit(line[0]) ? "its task was ended without a word (kill -9, out of memory)" : $"its log ends with '{Excerpt.OneLine(line.Length > MostCharacters ? line[..MostCharacters] + "…" : line)}'";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"its log cannot be read: {failure.Message}";
        }
    }
}
