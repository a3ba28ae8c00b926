using System.Globalization;
using System.Text;

namespace Trainer.Yaml;

/// <summary>From a file's bytes to text worth parsing: small, UTF-8, and without characters that nobody typed on purpose.</summary>
internal static class YamlText
{
    /// <summary>The largest configuration that is read, in bytes of a file or characters of a text.</summary>
    public const int MaximumSize = 1 << 20;

    private const char ByteOrderMark = '\uFEFF';

    /// <summary>The text of a file.</summary>
    /// <exception cref="Failures.ConfigException">It is not there, is a folder, cannot be read, is too large or not UTF-8.</exception>
    public static string ReadFile(string path)
    {
        // A place without a position prints as the file alone: nothing of the file has been read yet.
        Place file = new(path.Length == 0 ? "''" : Excerpt.OneLine(path), 0, 0);
        if (path.Length == 0)
        {
            throw file.Problem("", "names no file; give the path of a configuration");
        }
        if (Directory.Exists(path))
        {
            throw file.Problem("", "is a folder; name the configuration file in it");
        }
        try
        {
            using FileStream stream = File.OpenRead(path);
            // As much as the file says it has, where it says so: to clear a megabyte for each of 500 runs took half a second.
            long size = stream.CanSeek && stream.Length > 0 ? Math.Min(stream.Length, MaximumSize) : MaximumSize;
            byte[] bytes = new byte[size + 1];
            int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count > MaximumSize)
            {
                throw TooLarge(file);
            }
            return Decode(bytes.AsSpan(0, count), Place.FileStart(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw file.Problem("", "no such file" + NearestFile(path), e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw file.Problem("", "may not be read; check the file's permissions", e);
        }
        catch (IOException e)
        {
            throw file.Problem("", $"cannot be read; {e.Message}", e);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw file.Problem("", "cannot be the path of a file", e);
        }
    }

    /// <summary>
    /// Refuses what is too large and characters that hide or confuse: tabs, control characters, and line ends other
    /// than LF and CR LF. A byte order mark at the start is taken off.
    /// </summary>
    /// <exception cref="Failures.ConfigException">There is one.</exception>
    public static string Checked(string text, Place start)
    {
        text = text.Length > 0 && text[0] == ByteOrderMark ? text[1..] : text;
        if (text.Length > MaximumSize)
        {
            throw TooLarge(start with { Line = 0 });
        }
        (int line, int column) = (1, 1);
        for (int i = 0; i < text.Length; i++, column++)
        {
            char c = text[i];
            if (c == '\n')
            {
                (line, column) = (line + 1, 0);
            }
            else if (c == '\t')
            {
                throw start.At(line, column).Problem("", "a tab; use spaces");
            }
            else if (IsForbidden(c) && !(c == '\r' && i + 1 < text.Length && text[i + 1] == '\n'))
            {
                throw start.At(line, column).Problem(
                    "", string.Create(CultureInfo.InvariantCulture, $"the invisible character U+{(int)c:X4}; remove it"));
            }
        }
        return text;
    }

    private static bool IsForbidden(char c) =>
        c is ByteOrderMark or '\uFFFE' or '\uFFFF' || char.GetUnicodeCategory(c)
            is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static Exception TooLarge(Place file) =>
        file.Problem("", "larger than 1 MiB; a configuration is a few lines of text");

    private static string Decode(ReadOnlySpan<byte> bytes, Place start)
    {
        if (bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]))
        {
            throw start.Problem("", "UTF-16 text; save the file as UTF-8");
        }
        (int line, int column) = (1, 1);
        for (ReadOnlySpan<byte> rest = bytes; rest.Length > 0;)
        {
            if (Rune.DecodeFromUtf8(rest, out Rune rune, out int length) != System.Buffers.OperationStatus.Done)
            {
                throw start.At(line, column).Problem("", "not UTF-8 text; save the file as UTF-8");
            }
            (line, column) = rune.Value == '\n' ? (line + 1, 1) : (line, column + rune.Utf16SequenceLength);
            rest = rest[length..];
        }
        return Encoding.UTF8.GetString(bytes);
    }

    private static string NearestFile(string path)
    {
        string folder = Path.GetDirectoryName(path) is { Length: > 0 } named ? named : ".";
        if (!Directory.Exists(folder))
        {
            return $"; the folder '{folder}' does not exist either";
        }
        string[] files = Directory.GetFiles(folder, "*.yaml", new EnumerationOptions { IgnoreInaccessible = true });
        Array.Sort(files, StringComparer.Ordinal);
        string? near = Suggestion.For(Path.GetFileName(path), files.Select(file => Path.GetFileName(file)));
        return near is null ? "" : $"; did you mean '{Path.Combine(Path.GetDirectoryName(path) ?? "", near)}'?";
    }
}
