using System.Text;
using Trainer.Failures;

namespace Trainer.Storage;

/// <summary>
/// Writes whole files: to a temporary name beside the place, flushed to the disk, then renamed, and the folder flushed. Whoever
/// reads sees the old file or the new one, never half of one. What fails is tried again from the beginning some times, with
/// pauses: <see cref="WriteFailure"/>.
/// </summary>
internal static class AtomicFile
{
    /// <summary>What the names of files that are being written look like.</summary>
    public const string TemporaryPattern = ".*.tmp";

    // Larger pieces, such as weights, pass it by.
    private const int BufferSize = 1 << 14;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes text as UTF-8 without a mark.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">All of it.</param>
    /// <param name="lasting">Whether it outlasts a power cut: flushed, that took 0.2 ms, and its folder as much again (2-core Zen 4
    /// server, ext4). Without, it outlasts whatever happens to this process; a power cut may leave the old file, the new one, or an empty one.</param>
    /// <exception cref="RunFailedException">The file cannot be written.</exception>
    public static void WriteText(string path, string text, bool lasting = true) =>
        Write(path, text, static (stream, text) => stream.Write(Utf8.GetBytes(text)), lasting);

    /// <summary>Writes what <paramref name="content"/> writes; it is called again for each attempt.</summary>
    /// <exception cref="RunFailedException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> content) =>
        Write(path, content, static (stream, content) => content(stream));

    /// <summary>The same for a file that another in its folder is written behind: its own bytes are flushed, its name is with the other's.</summary>
    /// <exception cref="RunFailedException">The file cannot be written.</exception>
    public static void WriteFirst(string path, Action<Stream> content) =>
        Write(path, content, static (stream, content) => content(stream), lasting: true, flushesFolder: false);

    /// <summary>Writes what <paramref name="write"/> makes of <paramref name="content"/>; it is called again for each attempt.</summary>
    /// <exception cref="RunFailedException">The file cannot be written.</exception>
    public static void Write<TContent>(string path, TContent content, Action<Stream, TContent> write, bool lasting = true)
        where TContent : allows ref struct => Write(path, content, write, lasting, flushesFolder: lasting);

    private static void Write<TContent>(string path, TContent content, Action<Stream, TContent> write, bool lasting, bool flushesFolder)
        where TContent : allows ref struct
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                WriteOnce(path, content, write, lasting, flushesFolder);
                return;
            }
            catch (Exception failure) when (WriteFailure.IsOne(failure))
            {
                if (!WriteFailure.WaitsAfter(failure, attempt))
                {
                    throw WriteFailure.Of(path, failure);
                }
            }
        }
    }

    /// <summary>Removes what processes that were ended by force had begun in a folder and those within it.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be removed.</exception>
    public static void DiscardBegun(string folder) => Begun(folder).ToList().ForEach(Disk.Current.DeleteFile);

    /// <summary>What is being written in a folder and those within it, or was when its process was ended.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static IEnumerable<string> Begun(string folder) => Directory.EnumerateFiles(folder, TemporaryPattern, DiskFolder.BehindNoLink);

    private static void WriteOnce<TContent>(string path, TContent content, Action<Stream, TContent> write, bool lasting, bool flushesFolder)
        where TContent : allows ref struct
    {
        IDisk disk = Disk.Current;
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        DiskFolder.Make(folder, lasting);
        try
        {
            using (IDiskFile file = disk.Create(temporary))
            {
                // Not disposed of: what a failure left in it is not to be written once more.
                var stream = new BufferedStream(new DiskStream(file), BufferSize);
                write(stream, content);
                stream.Flush();
                if (lasting)
                {
                    file.Flush();
                }
            }
            disk.Rename(temporary, path);
        }
        catch
        {
            Discard(temporary);
            throw;
        }
        if (flushesFolder)
        {
            disk.FlushFolder(folder);
        }
    }

    /// <summary>Removes what was begun; where even that fails, the first failure is the one to tell.</summary>
    private static void Discard(string temporary)
    {
        try
        {
            Disk.Current.DeleteFile(temporary);
        }
        catch (Exception failure) when (WriteFailure.IsOne(failure))
        {
        }
    }
}
