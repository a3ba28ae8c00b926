using System.Text;
using Trainer.Failures;

namespace Trainer.Results;

/// <summary>
/// Writes whole files: to a temporary name beside the place, flushed to the disk, then renamed. Whoever reads sees the
/// old file or the new one, never half of one.
/// </summary>
internal static class AtomicFile
{
    /// <summary>What the names of files that are being written look like.</summary>
    public const string TemporaryPattern = ".*.tmp";

    private const int MostAttempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes text as UTF-8 without a mark.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">All of it.</param>
    /// <param name="lasting">Whether it is flushed to the disk, so that it outlasts a power cut; that took half a
    /// millisecond (2-core Zen 4 server). Without, it outlasts whatever happens to this process.</param>
    /// <exception cref="RunFailedException">The file cannot be written.</exception>
    public static void WriteText(string path, string text, bool lasting = true) =>
        Write(path, text, static (stream, text) => stream.Write(Utf8.GetBytes(text)), lasting);

    /// <summary>Writes what <paramref name="content"/> writes.</summary>
    /// <exception cref="RunFailedException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> content) =>
        Write(path, content, static (stream, content) => content(stream));

    /// <summary>Writes what <paramref name="write"/> makes of <paramref name="content"/>.</summary>
    /// <exception cref="RunFailedException">The file cannot be written.</exception>
    public static void Write<TContent>(string path, TContent content, Action<Stream, TContent> write, bool lasting = true)
        where TContent : allows ref struct
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(folder);
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream, content);
                stream.Flush(flushToDisk: lasting);
            }
            Replace(temporary, path);
        }
        catch (Exception failure)
        {
            Discard(temporary);
            if (failure is not (IOException or UnauthorizedAccessException))
            {
                throw;
            }
            throw new RunFailedException($"{path}: cannot be written: {failure.Message}", failure);
        }
    }

    /// <summary>Renames. On Windows a file that somebody has open cannot be replaced; most look at it for a moment only.</summary>
    private static void Replace(string temporary, string path)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                File.Move(temporary, path, overwrite: true);
                return;
            }
            catch (Exception failure) when (
                failure is (IOException or UnauthorizedAccessException) && OperatingSystem.IsWindows() && attempt < MostAttempts)
            {
                Thread.Sleep(Pause);
            }
        }
    }

    /// <summary>Removes what was begun; where even that fails, the first failure is the one to tell.</summary>
    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
        }
    }
}
