using System.Buffers.Binary;
using System.IO.Compression;
using Trainer.Failures;

namespace Trainer.Data;

/// <summary>
/// A file in the IDX format of LeCun's MNIST page, raw or packed by gzip (told by its first bytes, not by its name), read
/// whole. What the file declares is checked against what is there before any memory is taken for it.
/// </summary>
public sealed class IdxFile
{
    internal const string Mend = "replace it by an intact copy ('trainer data get' fetches one)";

    private const int FileBuffer = 1 << 16;
    private const int HashedAtOnce = 1 << 20;
    private const ushort GzipMagic = 0x1F8B;

    // A bit of deflate stands for at most 129 bytes: a match of the greatest length, 258, takes two.
    private const long GreatestExpansion = 129 * 8;

    private readonly byte[] _head;

    private IdxFile(byte[] head, IReadOnlyList<int> dimensions, byte[] values, string contentSha256)
    {
        _head = head;
        Dimensions = dimensions;
        Values = values;
        ContentSha256 = contentSha256;
    }

    /// <summary>Sizes as the file gives them: (count) of labels, (count, rows, columns) of images; all at least 1.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>The bytes behind the header, last dimension fastest.</summary>
    public byte[] Values { get; }

    /// <summary>SHA-256 of header and values, lower-case hexadecimal: the same whether and however the file is packed.</summary>
    public string ContentSha256 { get; }

    /// <summary>Number of images or labels.</summary>
    public int Count => Dimensions[0];

    /// <summary>Whether it was packed by gzip.</summary>
    public bool WasPacked { get; private init; }

    /// <summary>Writes it, not packed.</summary>
    public void WriteTo(Stream destination)
    {
        destination.Write(_head);
        destination.Write(Values);
    }

    /// <summary>Reads a file of images, magic number 0x00000803.</summary>
    /// <exception cref="DataException">Not such a file, cut off, too long, corrupt, or not readable.</exception>
    public static IdxFile ReadImages(string path) => Read(path, IdxHeader.ImagesMagic);

    /// <summary>Reads a file of labels, magic number 0x00000801.</summary>
    /// <exception cref="DataException">Not such a file, cut off, too long, corrupt, or not readable.</exception>
    public static IdxFile ReadLabels(string path) => Read(path, IdxHeader.LabelsMagic);

    private static IdxFile Read(string path, uint magic)
    {
        try
        {
            using var file = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read, FileBuffer, FileOptions.SequentialScan);
            if (!file.CanSeek)
            {
                throw new DataException($"{path}: is no ordinary file; copy what comes from a pipe or a device into one");
            }
            if (GzipContentLength(file) is not uint length)
            {
                return ReadContents(path, file, magic, packed: false, declared => CheckLength(path, declared, file.Length));
            }
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            return ReadContents(path, gzip, magic, packed: true, declared => CheckGzipLength(path, declared, length, file.Length));
        }
        catch (InvalidDataException failure)
        {
            throw new DataException($"{path}: its gzip data is corrupt; {Mend}", failure);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException($"{path}: no such file; {Mend}", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be read ({failure.Message}); check the disk and who may read it", failure);
        }
    }

    /// <summary>
    /// The length, modulo 2³², that a gzip file gives for its contents in its last four bytes, low byte first; null when
    /// the file is not gzip. The position ends at the start.
    /// </summary>
    /// <remarks>GZipStream notices neither a missing end nor bytes behind it: comparing this length does.</remarks>
    private static uint? GzipContentLength(FileStream file)
    {
        Span<byte> bytes = stackalloc byte[4];
        bool gzip = file.ReadAtLeast(bytes[..2], 2, throwOnEndOfStream: false) == 2
            && BinaryPrimitives.ReadUInt16BigEndian(bytes) == GzipMagic;
        if (gzip)
        {
            file.Seek(-Math.Min(4, file.Length), SeekOrigin.End);
            file.ReadAtLeast(bytes, 4, throwOnEndOfStream: false);
        }
        file.Position = 0;
        return gzip ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : null;
    }

    // checkLength throws when the file cannot be as long as its header declares.
    private static IdxFile ReadContents(string path, Stream contents, uint magic, bool packed, Action<long> checkLength)
    {
        byte[] head = new byte[IdxHeader.LengthFor(magic)];
        int headRead = contents.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (headRead < 4)
        {
            throw new DataException($"{path}: {(headRead == 0 ? "is empty" : "is too short for an IDX file")}; {Mend}");
        }
        if (headRead < head.Length)
        {
            // Its own magic number says more than its length: a file of another kind is named as that.
            IdxHeader.ThrowIfOtherKind(path, head, magic);
            throw new DataException($"{path}: is cut off in its header; {Mend}");
        }
        IdxHeader header = IdxHeader.Parse(path, head, magic);
        checkLength(header.FileLength);
        byte[] values = GC.AllocateUninitializedArray<byte>(header.ValueCount);
        using var hash = new TrailingHash(head, values);
        Fill(values, path, contents, hash);
        return new IdxFile(head, header.Dimensions, values, hash.Finish()) { WasPacked = packed };
    }

    private static void Fill(byte[] values, string path, Stream contents, TrailingHash hash)
    {
        int count = values.Length;
        for (int filled = 0; filled < count;)
        {
            Span<byte> next = values.AsSpan(filled, Math.Min(HashedAtOnce, count - filled));
            int read = contents.ReadAtLeast(next, next.Length, throwOnEndOfStream: false);
            if (read < next.Length)
            {
                throw new DataException($"{path}: is cut off ({filled + read} of {count} bytes of values are there); {Mend}");
            }
            filled += read;
            hash.Filled(filled);
        }
        // Reading to the end also makes gzip compare its checksum.
        if (contents.ReadByte() >= 0)
        {
            throw new DataException($"{path}: goes on behind the {count} bytes of values that its header declares; {Mend}");
        }
    }

    private static void CheckLength(string path, long declared, long length)
    {
        if (length < declared)
        {
            throw new DataException(
                $"{path}: is cut off ({length} of the {declared} bytes that its header declares are there); {Mend}");
        }
        if (length > declared)
        {
            throw new DataException(
                $"{path}: goes on for {length - declared} bytes behind the {declared} that its header declares; {Mend}");
        }
    }

    private static void CheckGzipLength(string path, long declared, uint length, long packedLength)
    {
        if (declared != length)
        {
            throw new DataException($"{path}: its gzip data is cut off, altered or followed by something else "
                + $"(its end tells of {length} bytes, the IDX header in it of {declared}); {Mend}");
        }
        if (declared > GreatestExpansion * packedLength)
        {
            throw new DataException($"{path}: its header declares {declared} bytes, "
                + $"more than {packedLength} bytes of gzip data can stand for; {Mend}");
        }
    }
}
