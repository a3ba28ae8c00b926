using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Trainer.Storage;

/// <summary>
/// Looks at a file that somebody else may have locked. Whatever .NET opens it locks as well, if only with others that read (flock, LOCK_SH): one
/// that somebody holds alone could not be read, and the look at one that nobody holds could get in the way of who is about to.
/// </summary>
internal static partial class UnlockedFile
{
    private const int NoEntry = 2;
    private const int NotAFolder = 20;

    // LOCK_SH | LOCK_NB.
    private const int SharedLock = 1 | 4;

    // EWOULDBLOCK of Linux, and of macOS and the BSDs.
    private static readonly int WouldBlock = OperatingSystem.IsLinux() ? 11 : 35;

    // O_RDONLY, which is 0, O_CLOEXEC, and O_NONBLOCK, so that a pipe in the file's place keeps nobody waiting.
    private static readonly int Flags = OperatingSystem.IsLinux() ? 0x80000 | 0x800 : OperatingSystem.IsMacOS() ? 0x1000000 | 0x4 : 0;

    /// <summary>What .NET calls it that somebody else has the file: <see cref="Exception.HResult"/>.</summary>
    public static int SharingViolation { get; } = OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : WouldBlock;

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

    /// <summary>Whether the file can be locked together with others that read: false where somebody has it alone, null where there is
    /// nothing to be had.</summary>
    /// <remarks>The lock that .NET takes, without the exception where it is refused: the first one of a process takes milliseconds.</remarks>
    public static bool? TryShare(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                using SafeFileHandle shared = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
                return true;
            }
            using SafeFileHandle? file = Open(path);
            return file is null ? null : flock(file, SharedLock) == 0 || Marshal.GetLastPInvokeError() != WouldBlock;
        }
        catch (IOException failure) when (failure.HResult == SharingViolation)
        {
            return false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
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

    [LibraryImport("libc", SetLastError = true)]
    private static partial int flock(SafeFileHandle file, int operation);
}
