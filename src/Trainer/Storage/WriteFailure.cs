using Trainer.Failures;

namespace Trainer.Storage;

/// <summary>Failures to write: which of them may pass, how long is waited for that, and what the user reads in the end.</summary>
internal static class WriteFailure
{
    /// <summary>The pauses before a failed operation is tried again: 4.4 s in all. What is over by then was a moment: somebody's
    /// large temporary file, a server that starts again, a cable; what is not is for the user, who would rather know.</summary>
    public static readonly IReadOnlyList<TimeSpan> Pauses =
        [TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    // As the runtime reports them: errno of Linux and of macOS as they are, errors of Windows behind 0x8007.
    private static readonly int[] Full =
    [
        28, // ENOSPC
        OperatingSystem.IsMacOS() ? 69 : 122, // EDQUOT: the user's share of the disk is full
        unchecked((int)0x80070027), // ERROR_HANDLE_DISK_FULL
        unchecked((int)0x80070070), // ERROR_DISK_FULL
    ];

    private static readonly int[] Lasting =
    [
        30, // EROFS: a file system that can only be read
        unchecked((int)0x80070013), // ERROR_WRITE_PROTECT
        20, // ENOTDIR: a file stands where a folder should
        17, // EEXIST: the same, seen when the folder is made
        unchecked((int)0x800700B7), // ERROR_ALREADY_EXISTS
        21, // EISDIR: a folder stands where the file should
        OperatingSystem.IsMacOS() ? 62 : 40, // ELOOP: links in a circle
        unchecked((int)0x8007007B), // ERROR_INVALID_NAME
    ];

    /// <summary>Whether this is a failure of the disk, and none of the program.</summary>
    public static bool IsOne(Exception failure) => failure is IOException or UnauthorizedAccessException;

    /// <summary>Whether the same may go well in a moment: anything but what only somebody's hand can change.</summary>
    public static bool MayPass(Exception failure) =>
        // EACCES and EPERM are the first, ENAMETOOLONG the second; a file that should grow and is not there the third.
        failure is not (UnauthorizedAccessException or PathTooLongException or FileNotFoundException) && !Lasting.Contains(failure.HResult);

    /// <summary>Waits after an attempt that failed; false where there is to be no other.</summary>
    /// <param name="failure">Why it failed.</param>
    /// <param name="attempt">Its number, from 0.</param>
    public static bool WaitsAfter(Exception failure, int attempt)
    {
        if (attempt >= Pauses.Count || !MayPass(failure))
        {
            return false;
        }
        Disk.Current.Wait(Pauses[attempt]);
        return true;
    }

    /// <summary>Does something that may be done again from its beginning; what fails in the end is thrown as it is.</summary>
    public static void Retry(Action action)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                action();
                return;
            }
            catch (Exception failure) when (IsOne(failure))
            {
                if (!WaitsAfter(failure, attempt))
                {
                    throw;
                }
            }
        }
    }

    /// <summary>What the user reads: the file, the system's reason, and the mend where there is one.</summary>
    public static RunFailedException Of(string path, Exception failure)
    {
        string mend = Full.Contains(failure.HResult) ? "; free some space and start it again: a run goes on from its last checkpoint" : "";
        return new RunFailedException($"{path}: cannot be written: {failure.Message}{mend}", failure);
    }
}
