using Microsoft.Win32.SafeHandles;

namespace Trainer.Storage;

/// <summary>
/// A file that one holder at a time has for itself, in this process or another. The system's lock on the open file is what counts
/// (flock; on Windows the sharing mode): it ends with the process, however that ends. What is written in the file says who holds it,
/// to people, and holds nobody back.
/// </summary>
/// <remarks>
/// Only its holder removes the file, and whoever has locked one makes sure that it is still the one at the path before it counts as
/// taken. So two that hold files of the same name, one of them removed, cannot be.
/// </remarks>
internal sealed class FileLock : IDisposable
{
    // Somebody who only asks whether the file is held has it, shared with others who ask, for some ten microseconds. One who is
    // stopped right then must not keep everybody waiting.
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(5);

    // As often as others may have taken the file and removed it while this one was about to take it.
    private const int MostRounds = 1000;

    // Windows has no lock beside the sharing mode: who shares no writing keeps out whoever wants to take the file as well.
    private static readonly FileShare Alone = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;

    // What "somebody else has it" is called: ERROR_SHARING_VIOLATION; EWOULDBLOCK of Linux, and of macOS and the BSDs.
    private static readonly int SharingViolation = OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : OperatingSystem.IsLinux() ? 11 : 35;

    private readonly FileStream _file;
    private readonly LockHolder _holder;

    private FileLock(FileStream file, LockHolder holder, string? weakness) => (_file, _holder, Weakness) = (file, holder, weakness);

    /// <summary>Why the lock may not keep everybody out; null where nothing is known against it.</summary>
    public string? Weakness { get; }

    /// <summary>Takes the lock; null where somebody has it.</summary>
    /// <param name="path">The file, in a folder that is there; it is made where it is not.</param>
    /// <exception cref="IOException">The file cannot be made or opened, or is none of this kind.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be made or opened.</exception>
    public static FileLock? TryTake(string path)
    {
        for (int round = 0; round < MostRounds; round++)
        {
            CheckPlace(path);
            if (Open(path) is not { } file)
            {
                return null;
            }
            var holder = LockHolder.OfThisProcess();
            if (!Write(file.SafeFileHandle, holder) || IsAt(path, holder))
            {
                return new FileLock(file, holder, WeaknessOf(file.SafeFileHandle, path));
            }
            // Whoever had it before has removed it.
            file.Dispose();
        }
        return null;
    }

    /// <summary>Whether somebody has the lock now. Nobody is kept from taking it by this look.</summary>
    public static bool IsHeld(string path) => Look(path) == false;

    /// <summary>Who wrote himself into the file, if that can be read.</summary>
    public static LockHolder? HolderOf(string path)
    {
        try
        {
            return UnlockedFile.ReadStart(path, LockHolder.MostBytes) is { } text ? LockHolder.TryParse(text) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Lets go of the lock and removes its file, unless that has become another's: somebody removed it by hand.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be removed.</exception>
    public void Remove()
    {
        using (this)
        {
            bool isOurs = IsAt(_file.Name, _holder);
            // As long as it is held nobody takes it. Windows removes no file that is open, and later none that another has.
            if (OperatingSystem.IsWindows())
            {
                _file.Dispose();
            }
            if (isOurs)
            {
                File.Delete(_file.Name);
            }
        }
    }

    /// <summary>Lets go of the lock. The empty file stays.</summary>
    public void Dispose()
    {
        if (!_file.SafeFileHandle.IsClosed)
        {
            try
            {
                _file.SetLength(0);
            }
            catch (IOException)
            {
                // What it says is then out of date, and nobody minds.
            }
        }
        _file.Dispose();
    }

    /// <summary>Writing into a link or a file of somebody's own would spoil what is his.</summary>
    private static void CheckPlace(string path)
    {
        var place = new FileInfo(path);
        FileAttributes attributes = place.Attributes;
        string? what = (int)attributes == -1 ? null
            : attributes.HasFlag(FileAttributes.ReparsePoint) ? "a link"
            : attributes.HasFlag(FileAttributes.Directory) ? "a folder"
            : place.Length > LockHolder.MostBytes ? "no lock file"
            : null;
        if (what is not null)
        {
            throw new IOException($"{path} is {what}; remove it");
        }
    }

    /// <summary>Opens the file alone; null where somebody else has it.</summary>
    private static FileStream? Open(string path)
    {
        long start = Environment.TickCount64;
        while (true)
        {
            try
            {
                var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, Alone, bufferSize: 0);
                if (file.CanSeek)
                {
                    return file;
                }
                file.Dispose();
                throw new IOException($"{path} is no lock file; remove it");
            }
            catch (IOException failure) when (failure.HResult == SharingViolation)
            {
                // Held, or only looked at?
            }
            if (Look(path) == false || Environment.TickCount64 - start > LongestLook.TotalMilliseconds)
            {
                return null;
            }
            // At random, so that two who looked because of each other do not do so for ever.
            Thread.Sleep(Random.Shared.Next(3));
        }
    }

    /// <summary>Whether the file can be had together with others who look at it: false where somebody has it alone, null where there
    /// is nothing to be had.</summary>
    private static bool? Look(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return true;
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

    /// <summary>Whether the file says now who holds it. The lock is none the worse where it does not: a full disk.</summary>
    private static bool Write(SafeFileHandle file, LockHolder holder)
    {
        try
        {
            byte[] text = holder.ToBytes();
            RandomAccess.SetLength(file, 0);
            RandomAccess.Write(file, text, 0);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Whether the file at the path is the one that <paramref name="holder"/> wrote himself into. One that is there and
    /// cannot be read passes for it: under mandatory locks (some mounts of Windows shares) nobody reads it beside its holder.</summary>
    private static bool IsAt(string path, LockHolder holder)
    {
        try
        {
            return UnlockedFile.ReadStart(path, LockHolder.MostBytes) is { } text && text.AsSpan().SequenceEqual(holder.ToBytes());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>.NET says nothing where a file system refuses to lock (ENOLCK, ENOTSUP): it opens the file as if it had. But there the
    /// same file can be had a second time.</summary>
    private static string? WeaknessOf(SafeFileHandle file, string path)
    {
        if (Look(path) == true)
        {
            return "this file system keeps no locks";
        }
        if (Mount.Of(file) is not { IsShared: true } mount)
        {
            return null;
        }
        try
        {
            // Other machines see who holds it from now on, and not only when it is closed.
            RandomAccess.FlushToDisk(file);
        }
        catch (IOException)
        {
            // They see that it is held all the same.
        }
        return mount.WhyLocksAreLocal is { } why ? $"its locks hold among the processes of this machine only ({why})" : null;
    }
}
