using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Trainer.Storage;

/// <summary>
/// Reads a file without touching its lock. Whatever .NET opens it locks as well, if only with others that read (flock, LOCK_SH): one
/// that somebody holds alone could not be read, and the look at one that nobody holds could get in the way of who is about to.
/// </summary>
internal static partial class UnlockedFile
{
    private const int NoEntry = 2;
    private const int NotAFolder = 20;

    // O_RDONLY, which is 0, O_CLOEXEC, and O_NONBLOCK, so that a pipe in the file's place keeps nobody waiting.
    private static readonly int Flags = OperatingSystem.IsLinux() ? 0x80000 | 0x800 : OperatingSystem.IsMacOS() ? 0x1000000 | 0x4 : 0;

    /// <summary>At most the first <paramref name="most"/> bytes of the file; null where there is none.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read.</exception>
    public static byte[]? ReadStart(string path, int most)
    {
        using SafeFileHandle? file = OperatingSystem.IsWindows() ? OpenOnWindows(path) : Open(path);
        if (file is null)
        {
            return null;
        }
        byte[] bytes = new byte[most];
        int count = 0;
        while (count < most && RandomAccess.Read(file, bytes.AsSpan(count), count) is > 0 and int read)
        {
            count += read;
        }
        return bytes[..count];
    }

    private static SafeFileHandle? Open(string path)
    {
        var file = new SafeFileHandle(open(path, Flags), ownsHandle: true);
        if (!file.IsInvalid)
        {
            return file;
        }
        int error = Marshal.GetLastPInvokeError();
        return error is NoEntry or NotAFolder ? null : throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    private static SafeFileHandle? OpenOnWindows(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    // The third argument, the mode of a file that is made, is not needed: no file is.
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int open(string path, int flags);
}
