using CsvHelper;
using Trainer.Failures;
using Trainer.Results;

namespace Trainer.Verification;

/// <summary>Whether a table is written as this program writes it, to the byte.</summary>
internal static class TableText
{
    private const byte LineFeed = (byte)'\n';

    /// <summary>The first line that is not; null where all are.</summary>
    /// <param name="run">Whose.</param>
    /// <param name="path">The file.</param>
    /// <param name="rows">What was read from it.</param>
    public static string? Problem<TRow>(VerifiedRun run, string path, IReadOnlyList<TRow> rows)
    {
        var text = new MemoryStream();
        using (var csv = CsvWriter.Create(text, CsvWriterOptions.For<TRow>(), leaveOpen: true))
        {
            csv.WriteRecords(rows);
        }
        return Problem(run, path, text.ToArray());
    }

    /// <summary>The first line that is not as in <paramref name="expected"/>; null where all are.</summary>
    /// <exception cref="RunFailedException">The file cannot be read.</exception>
    public static string? Problem(VerifiedRun run, string path, ReadOnlySpan<byte> expected)
    {
        string name = run.NameOf(path);
        ReadOnlySpan<byte> whole = CsvFile.WholeLines(path);
        int same = whole.CommonPrefixLength(expected);
        // A run at work may have added lines since they were read.
        if (same < expected.Length || (same < whole.Length && run.IsComplete))
        {
            int line = 1 + whole[..same].Count(LineFeed);
            return FormattableString.Invariant($"{name}({line}): is not written as this program writes it");
        }
        // Of an unfinished run it was being written when the run was ended.
        return run.IsComplete && !CsvFile.EndsWithLineFeed(path) ? $"{name}: its last line is cut off" : null;
    }
}
