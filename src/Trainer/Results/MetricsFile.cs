using System.Globalization;
using System.Text;
using Trainer.Failures;

namespace Trainer.Results;

/// <summary>
/// Reads <c>metrics.csv</c> of many runs fast. Files of our own layout are read number by number from their bytes; whatever looks
/// different in any way is left to <see cref="CsvFile"/>, which also says what is wrong with it.
/// </summary>
internal static class MetricsFile
{
    private const byte LineFeed = (byte)'\n';
    private const byte Comma = (byte)',';
    private const int Columns = 12;

    private static ReadOnlySpan<byte> Header =>
        "epoch,step,lr,running_loss,running_accuracy,train_loss,train_accuracy,val_loss,val_accuracy,test_loss,test_accuracy,digest\n"u8;

    /// <summary>All whole rows, as <see cref="CsvFile.Read"/> reads them.</summary>
    /// <exception cref="RunFailedException">The file is not there or not of this kind; the message names the line.</exception>
    public static IReadOnlyList<MetricsRow> Read(string path) =>
        TryParse(CsvFile.WholeLines(path)) ?? CsvFile.Read<MetricsRow>(path);

    /// <summary>Whether the file at <paramref name="path"/> begins as ours do.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool BeginsAsOurs(string path)
    {
        using var stream = RecordedFile.Open(path);
        byte[] beginning = new byte[Header.Length];
        return stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false) == beginning.Length && Header.SequenceEqual(beginning);
    }

    private static List<MetricsRow>? TryParse(ReadOnlySpan<byte> lines)
    {
        if (!lines.StartsWith(Header))
        {
            return null;
        }
        var rows = new List<MetricsRow>();
        Span<Range> fields = stackalloc Range[Columns + 1];
        for (lines = lines[Header.Length..]; lines.Length > 0;)
        {
            int end = lines.IndexOf(LineFeed);
            if (Row(lines[..end], fields) is not { } row)
            {
                return null;
            }
            rows.Add(row);
            lines = lines[(end + 1)..];
        }
        return rows;
    }

    private static MetricsRow? Row(ReadOnlySpan<byte> line, Span<Range> fields)
    {
        if (Split(line, fields) != Columns
            || !int.TryParse(line[fields[0]], NumberStyles.None, CultureInfo.InvariantCulture, out int epoch)
            || !long.TryParse(line[fields[1]], NumberStyles.None, CultureInfo.InvariantCulture, out long step))
        {
            return null;
        }
        const int numbers = Columns - 3;
        Span<double> values = stackalloc double[numbers];
        for (int i = 0; i < numbers; i++)
        {
            ReadOnlySpan<byte> field = line[fields[i + 2]];
            if (field.Length > 0 && !double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]))
            {
                return null;
            }
        }
        ReadOnlySpan<byte> digest = line[fields[Columns - 1]];
        foreach (byte letter in digest)
        {
            if (!char.IsAsciiLetterOrDigit((char)letter))
            {
                return null;
            }
        }
        return new MetricsRow
        {
            Epoch = epoch,
            Step = step,
            Lr = Value(0, fields, values),
            RunningLoss = Value(1, fields, values),
            RunningAccuracy = Value(2, fields, values),
            TrainLoss = Value(3, fields, values),
            TrainAccuracy = Value(4, fields, values),
            ValLoss = Value(5, fields, values),
            ValAccuracy = Value(6, fields, values),
            TestLoss = Value(7, fields, values),
            TestAccuracy = Value(8, fields, values),
            Digest = Encoding.ASCII.GetString(digest),
        };
    }

    private static double? Value(int index, ReadOnlySpan<Range> fields, ReadOnlySpan<double> values) =>
        fields[index + 2].Start.Equals(fields[index + 2].End) ? null : values[index];

    /// <summary>The fields of a line; one more than there are columns where it has too many.</summary>
    private static int Split(ReadOnlySpan<byte> line, Span<Range> fields)
    {
        int count = 0;
        for (int start = 0; count < fields.Length; count++)
        {
            int length = line[start..].IndexOf(Comma);
            int end = length < 0 ? line.Length : start + length;
            fields[count] = start..end;
            if (length < 0)
            {
                return count + 1;
            }
            start = end + 1;
        }
        return count;
    }
}
