using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Trainer.Storage;

/// <summary>The files of this machine.</summary>
internal sealed partial class LocalDisk : IDisk
{
    private const int Denied = 13; // EACCES
    private const int ReadOnly = 0; // O_RDONLY
    private const int MostAttempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // O_CLOEXEC, which is not the same everywhere: no program that is started meanwhile inherits the folder.
    private static readonly int CloseOnExecute = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    /// <inheritdoc/>
    public void CreateFolder(string path) => Directory.CreateDirectory(path);

    /// <inheritdoc/>
    public IDiskFile Create(string path) => new LocalFile(new FileStream(
        path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0));

    /// <inheritdoc/>
    public IDiskFile Append(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        file.Seek(0, SeekOrigin.End);
        return new LocalFile(file);
    }

    /// <inheritdoc/>
    /// <remarks>On Windows a file that somebody has open cannot be replaced; most look at it for a moment only.</remarks>
    public void Rename(string from, string to)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                File.Move(from, to, overwrite: true);
                return;
            }
            catch (Exception failure) when (
                WriteFailure.IsOne(failure) && OperatingSystem.IsWindows() && attempt < MostAttempts)
            {
                Thread.Sleep(Pause);
            }
        }
    }

    /// <inheritdoc/>
    public void DeleteFile(string path) => File.Delete(path);

    /// <inheritdoc/>
    public void DeleteFolder(string path) => Directory.Delete(path);

    /// <inheritdoc/>
    /// <remarks>Nothing on Windows, where a folder cannot be flushed.</remarks>
    public void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        // .NET opens no folder; flushed it is as a file is, and a file system that cannot flush one (EINVAL) is not at fault.
        using var folder = new SafeFileHandle(Open(path, ReadOnly | CloseOnExecute), ownsHandle: true);
        if (!folder.IsInvalid)
        {
            RandomAccess.FlushToDisk(folder);
            return;
        }
        int error = Marshal.GetLastPInvokeError();
        // A folder in which may be written and not read: it stays as lasting as its file system makes it.
        if (error != Denied)
        {
            throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)} : '{path}'", error);
        }
    }

    /// <inheritdoc/>
    public void Wait(TimeSpan pause) => Thread.Sleep(pause);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    private sealed class LocalFile(FileStream file) : IDiskFile
    {
        public long Length => file.Length;

        public void Write(ReadOnlySpan<byte> bytes) => file.Write(bytes);

        // Moves the position back to the new end, too.
        public void SetLength(long length) => file.SetLength(length);

        public void Flush() => file.Flush(flushToDisk: true);

        public void Dispose() => file.Dispose();
    }
}
