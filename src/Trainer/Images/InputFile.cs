using Trainer.Data;
using Trainer.Failures;

namespace Trainer.Images;

/// <summary>Reads the images that a user hands in: PNG, or IDX, packed by gzip or not. The first bytes tell which, not the name.</summary>
internal static class InputFile
{
    // Without any compression, the largest PNG that is read has 134 MB.
    private const long MostBytes = 160_000_000;
    private const int LongestSignature = 12;

    /// <summary>The images of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">At most so many images of an IDX file.</param>
    /// <exception cref="DataException">It cannot be read or is of another kind; the message says what.</exception>
    public static IEnumerable<InputImage> Read(string path, int limit)
    {
        try
        {
            return IsIdx(Beginning(path)) ? ReadIdx(path, limit) : [new InputImage(path, null, ReadPng(path))];
        }
        catch (InvalidDataException failure)
        {
            throw new DataException($"{path}: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException($"{path}: no such file; images are PNG or IDX files", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be read: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
    }

    private static GreyImage ReadPng(string path)
    {
        byte[] beginning = Beginning(path);
        if (!PngReader.IsPng(beginning))
        {
            throw new InvalidDataException(Kind(beginning));
        }
        long length = new FileInfo(path).Length;
        if (length > MostBytes)
        {
            throw new InvalidDataException($"{length} bytes are too many for an image; make it smaller");
        }
        return GreyImage.Of(PngReader.Read(File.ReadAllBytes(path)));
    }

    private static IEnumerable<InputImage> ReadIdx(string path, int limit)
    {
        var file = IdxFile.ReadImages(path);
        (int height, int width) = (file.Dimensions[1], file.Dimensions[2]);
        if (height > PngHeader.MostPixelsPerSide || width > PngHeader.MostPixelsPerSide)
        {
            throw new InvalidDataException($"its images are {width}x{height} pixels, where at most {PngHeader.MostPixelsPerSide}x{PngHeader.MostPixelsPerSide} are read");
        }
        int size = height * width;
        return Enumerable.Range(0, Math.Min(limit, file.Count)).Select(k =>
            new InputImage(path, k, new GreyImage(width, height, file.Values[(k * size)..((k + 1) * size)])));
    }

    private static byte[] Beginning(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InvalidDataException("is a folder; name the images in it");
        }
        using FileStream file = File.OpenRead(path);
        byte[] bytes = new byte[LongestSignature];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    private static bool IsIdx(ReadOnlySpan<byte> beginning) =>
        beginning.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) || beginning.StartsWith((ReadOnlySpan<byte>)[0, 0, 8]);

    private static string Kind(ReadOnlySpan<byte> beginning) =>
        beginning.IsEmpty ? "is empty; images are PNG or IDX files"
        : beginning.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "is a JPEG, which is not read here; save it as PNG"
        : beginning.StartsWith("GIF8"u8) ? "is a GIF, which is not read here; save it as PNG"
        : beginning.StartsWith("BM"u8) ? "is a BMP, which is not read here; save it as PNG"
        : beginning.StartsWith("RIFF"u8) && beginning.EndsWith("WEBP"u8) ? "is a WebP, which is not read here; save it as PNG"
        : "is neither a PNG nor an IDX file; save the image as PNG";
}
