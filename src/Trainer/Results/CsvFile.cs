using System.Text;
using CsvHelper;
using Trainer.Failures;
using Trainer.Storage;
using Trainer.Yaml;

namespace Trainer.Results;

/// <summary>Our CSV files: a header, invariant culture, shortest digits that read back to the same number, line feeds.</summary>
internal static class CsvFile
{
    private const byte LineFeed = (byte)'\n';

    // Ours have 250 bytes at most; of a longer one the beginning is missed, and the reader says so.
    private const int LongestLine = 4096;
    private const int LongestProblem = 300;

    /// <summary>Writes all rows, at once or not at all.</summary>
    /// <exception cref="RunFailedException">The file cannot be written.</exception>
    public static void Write<TRow>(string path, IEnumerable<TRow> rows) => AtomicFile.Write(path, stream =>
    {
        using var csv = CsvWriter.Create(stream, CsvWriterOptions.For<TRow>(), leaveOpen: true);
        csv.WriteRecords(rows);
    });

    /// <summary>Writes a table whose columns are known only now, at once or not at all.</summary>
    /// <exception cref="RunFailedException">The file cannot be written.</exception>
    public static void Write(string path, string[] header, IEnumerable<string[]> rows) =>
        AtomicFile.Write(path, stream => WriteTable(stream, header, rows));

    /// <summary>The text of such a table.</summary>
    public static string Text(string[] header, IEnumerable<string[]> rows)
    {
        var stream = new MemoryStream();
        WriteTable(stream, header, rows);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void WriteTable(Stream stream, string[] header, IEnumerable<string[]> rows)
    {
        using var csv = CsvWriter.Create(stream, CsvWriterOptions.For<MetricsRow>(), leaveOpen: true);
        csv.WriteRecord(header);
        foreach (string[] row in rows)
        {
            csv.WriteRecord(row);
        }
    }

    /// <summary>Appends a row to a file that <see cref="Write"/> began.</summary>
    /// <param name="path">The file; it must be there and end with a line feed.</param>
    /// <param name="row">What follows.</param>
    /// <param name="lasting">Whether it is flushed to the disk.</param>
    /// <returns>How many bytes it took.</returns>
    /// <exception cref="RunFailedException">The file cannot be written.</exception>
    public static int Append<TRow>(string path, TRow row, bool lasting)
    {
        MemoryStream text = LineOf(row);
        GrowingFile.Append(path, text.GetBuffer().AsSpan(0, (int)text.Length), lasting);
        return (int)text.Length;
    }

    /// <summary>The same of a table whose columns are known only now.</summary>
    /// <exception cref="RunFailedException">The file cannot be written.</exception>
    public static int Append(string path, string[] row, bool lasting)
    {
        var text = new MemoryStream();
        WriteTable(text, row, []);
        GrowingFile.Append(path, text.GetBuffer().AsSpan(0, (int)text.Length), lasting);
        return (int)text.Length;
    }

    /// <summary>A row as its line, without the line feed.</summary>
    public static string Line<TRow>(TRow row)
    {
        MemoryStream text = LineOf(row);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length).TrimEnd('\n');
    }

    private static MemoryStream LineOf<TRow>(TRow row)
    {
        var text = new MemoryStream();
        using var csv = CsvWriter.Create(text, CsvWriterOptions.For<TRow>() with { HasHeader = false }, leaveOpen: true);
        csv.WriteRecords([row]);
        csv.Flush();
        return text;
    }

    /// <summary>Reads all whole rows back: one without a line feed behind it was cut off, or is being written, and is left
    /// out.</summary>
    /// <exception cref="RunFailedException">The file is not there or not of this kind; the message names the line.</exception>
    public static IReadOnlyList<TRow> Read<TRow>(string path) =>
        ReadWith(path, CsvReaderOptions.For<TRow>(), static csv => (IReadOnlyList<TRow>)[.. csv.GetRecords<TRow>()]);

    /// <summary>Reads the last whole row and none before it: of a run of many epochs, how far it is.</summary>
    /// <returns>The row; null where the file has none.</returns>
    /// <exception cref="RunFailedException">The file is not there or not of this kind; the message names no line.</exception>
    public static TRow? ReadLast<TRow>(string path)
        where TRow : class =>
        ReadWith(path, CsvReaderOptions.For<TRow>(), static csv => csv.GetRecords<TRow>().LastOrDefault(), HeaderAndLastLine);

    /// <summary>Reads a table whose columns are not known, as text: its header, then its whole rows.</summary>
    /// <exception cref="RunFailedException">The file is not there or no such table; the message names the line.</exception>
    public static IReadOnlyList<string[]> ReadText(string path) =>
        ReadWith(path, CsvReaderOptions.For<MetricsRow>() with { HasHeader = false }, static csv =>
        {
            var lines = new List<string[]>();
            while (csv.Read())
            {
                lines.Add([.. Enumerable.Range(0, csv.FieldCount).Select(field => csv.GetString(field) ?? "")]);
            }
            return lines;
        });

    /// <summary>The bytes of a file up to its last line feed: a line without one was cut off, or is being written.</summary>
    /// <exception cref="RunFailedException">The file cannot be read.</exception>
    public static byte[] WholeLines(string path)
    {
        try
        {
            return ReadLines(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{path}: cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>How many bytes of a file its whole lines take; 0 where it is not there.</summary>
    /// <exception cref="RunFailedException">The file cannot be read.</exception>
    public static long WholeLength(string path) => File.Exists(path) ? WholeLines(path).Length : 0;

    /// <summary>Whether the last line of a file is whole.</summary>
    /// <exception cref="RunFailedException">The file cannot be read.</exception>
    public static bool EndsWithLineFeed(string path)
    {
        try
        {
            using FileStream stream = Open(path);
            return stream.Length > 0 && Part(stream, stream.Length - 1, 1) is [LineFeed];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{path}: cannot be read: {failure.Message}", failure);
        }
    }

    private static T ReadWith<T>(string path, CsvReaderOptions options, Func<CsvReader, T> read, Func<string, byte[]>? part = null)
    {
        options = options with
        {
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
            FieldCountMismatch = CsvFieldCountHandling.Throw,
        };
        try
        {
            byte[] lines = (part ?? ReadLines)(path);
            using var csv = CsvReader.Create(new MemoryStream(lines), options, leaveOpen: true);
            return read(csv);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{path}: cannot be read: {failure.Message}", failure);
        }
        catch (KeyNotFoundException failure)
        {
            throw new RunFailedException($"{path}: its first line is not the header of such a file; run the experiment again with --force", failure);
        }
        catch (CsvFormatException failure)
        {
            string place = failure.LineNumber > 0 && part is null ? $"({failure.LineNumber})" : "";
            throw new RunFailedException(
                $"{path}{place}: {Plain(failure.Message)}; run the experiment again with --force", failure);
        }
    }

    /// <summary>The bytes of a file up to its last line feed.</summary>
    private static byte[] ReadLines(string path)
    {
        using FileStream stream = Open(path);
        return Whole(Part(stream, 0, stream.Length));
    }

    private static byte[] Whole(byte[] bytes) => bytes[..(bytes.AsSpan().LastIndexOf(LineFeed) + 1)];

    private static byte[] HeaderAndLastLine(string path)
    {
        using FileStream stream = Open(path);
        byte[] head = Whole(Part(stream, 0, LongestLine));
        int header = head.AsSpan().IndexOf(LineFeed) + 1;
        byte[] tail = Whole(Part(stream, Math.Max(header, stream.Length - LongestLine), LongestLine));
        int start = tail.AsSpan(0, Math.Max(0, tail.Length - 1)).LastIndexOf(LineFeed) + 1;
        return [.. head.AsSpan(0, header), .. tail.AsSpan(start)];
    }

    private static FileStream Open(string path) => RecordedFile.Open(path, RecordedFile.LongestTable);

    private static byte[] Part(FileStream stream, long offset, long length)
    {
        stream.Seek(offset, SeekOrigin.Begin);
        byte[] bytes = new byte[Math.Max(0, Math.Min(length, stream.Length - offset))];
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes[..read];
    }

    /// <summary>The library's message, which may quote what is in the file: that can be long, and hold anything.</summary>
    private static string Plain(string message)
    {
        string line = message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
        return Excerpt.OneLine(line.Length <= LongestProblem ? line : line[..LongestProblem] + "...");
    }
}
