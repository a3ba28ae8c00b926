using CsvHelper;
using Trainer.Failures;

namespace Trainer.Results;

/// <summary>Our CSV files: a header, invariant culture, shortest digits that read back to the same number, line feeds.</summary>
internal static class CsvFile
{
    /// <summary>Writes all rows, at once or not at all.</summary>
    /// <exception cref="RunFailedException">The file cannot be written.</exception>
    public static void Write<TRow>(string path, IEnumerable<TRow> rows) => AtomicFile.Write(path, stream =>
    {
        using var csv = CsvWriter.Create(stream, CsvWriterOptions.For<TRow>(), leaveOpen: true);
        csv.WriteRecords(rows);
    });

    /// <summary>Reads all rows back.</summary>
    /// <exception cref="RunFailedException">The file is not there or not of this kind; the message names the line.</exception>
    public static IReadOnlyList<TRow> Read<TRow>(string path)
    {
        CsvReaderOptions options = CsvReaderOptions.For<TRow>() with
        {
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
            FieldCountMismatch = CsvFieldCountHandling.Throw,
        };
        try
        {
            // Whoever reads must not keep the writer from replacing the file.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var csv = CsvReader.Create(stream, options, leaveOpen: true);
            return [.. csv.GetRecords<TRow>()];
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
            string place = failure.LineNumber > 0 ? $"({failure.LineNumber})" : "";
            throw new RunFailedException(
                $"{path}{place}: {OneLine(failure.Message)}; run the experiment again with --force", failure);
        }
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
