namespace Trainer.Results;

/// <summary>
/// A file of a run as somebody finds it, perhaps made by others: read whole, and only where it is no longer than such a file can
/// be. Its length is looked at before anything is allocated.
/// </summary>
internal static class RecordedFile
{
    /// <summary>The longest JSON file that is read; ours have 3 KB.</summary>
    public const long LongestJson = 1 << 20;

    /// <summary>The longest table or list of events that is read; those of 100,000 epochs, the most there can be, have 60 MB.</summary>
    public const long LongestTable = 1 << 28;

    /// <summary>The longest picture that is read.</summary>
    public const long LongestPicture = 1 << 25;

    /// <summary>Its bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">The length beyond which it is refused.</param>
    /// <exception cref="IOException">It cannot be read, is too long, or is no ordinary file.</exception>
    public static byte[] ReadBytes(string path, long most)
    {
        using FileStream stream = Open(path, most);
        byte[] bytes = new byte[stream.Length];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    /// <summary>Its text.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">The length, in bytes, beyond which it is refused.</param>
    /// <exception cref="IOException">It cannot be read, is too long, or is no ordinary file.</exception>
    public static string ReadText(string path, long most)
    {
        using var reader = new StreamReader(new MemoryStream(ReadBytes(path, most)));
        return reader.ReadToEnd();
    }

    /// <summary>Opens it for reading; nobody is kept from writing it or putting another in its place.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">The length beyond which it is refused.</param>
    /// <exception cref="IOException">It cannot be read, is too long, or is no ordinary file.</exception>
    public static FileStream Open(string path, long most = long.MaxValue)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        // Pipes and devices do not tell how much is to come.
        string? problem = !stream.CanSeek ? "it is no ordinary file"
            : stream.Length > most ? FormattableString.Invariant($"it has {stream.Length} bytes, and at most {most} are read")
            : null;
        if (problem is not null)
        {
            stream.Dispose();
            throw new IOException(problem);
        }
        return stream;
    }
}
