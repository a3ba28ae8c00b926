using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Trainer.Storage;

/// <summary>A file system as it is mounted on this machine: what Linux writes to <c>/proc/self/mounts</c>.</summary>
/// <param name="Point">Where.</param>
/// <param name="Kind">"ext4", "nfs4".</param>
/// <param name="Options">"rw", "local_lock=none".</param>
internal sealed record Mount(string Point, string Kind, IReadOnlyList<string> Options)
{
    private const string Table = "/proc/self/mounts";

    /// <summary>Kinds whose files other machines may have mounted, too, and the options under which a machine asks the others
    /// nothing when it locks one; "*": it never does.</summary>
    private static readonly Dictionary<string, string[]> Shared = new(StringComparer.Ordinal)
    {
        ["nfs"] = ["nolock", "local_lock=all", "local_lock=flock"],
        ["nfs4"] = ["nolock", "local_lock=all", "local_lock=flock"],
        ["lustre"] = ["localflock"],
        ["cifs"] = ["nobrl"],
        ["smb3"] = ["nobrl"],
        ["fuse.sshfs"] = ["*"],
        ["ceph"] = [],
        ["gpfs"] = [],
        ["beegfs"] = [],
        ["fuse.glusterfs"] = [],
        ["9p"] = [],
    };

    /// <summary>Whether other machines may have the same files.</summary>
    public bool IsShared => Shared.ContainsKey(Kind);

    /// <summary>Why a lock on a file in it is one among the processes of this machine alone; null where it may well hold on all.</summary>
    public string? WhyLocksAreLocal => !Shared.TryGetValue(Kind, out string[]? local) ? null
        : local.Contains("*") ? Kind
        : Options.FirstOrDefault(local.Contains) is { } option ? $"{Kind}, mounted with {option}"
        : null;

    /// <summary>The file system of an open file; null where the system does not say.</summary>
    public static Mount? Of(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }
        try
        {
            string table = File.ReadAllText(Table);
            // The name of an open file has no link in it.
            return File.ResolveLinkTarget(
                string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{file.DangerousGetHandle()}"), returnFinalTarget: false) is { } place
                ? Of(place.FullName, table)
                : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The file system of a path without links, after a table of all.</summary>
    public static Mount? Of(string path, string table)
    {
        Mount? found = null;
        foreach (string line in table.Split('\n'))
        {
            // Device, point, kind, options, two numbers.
            if (line.Split(' ') is not [_, var escaped, var kind, var options, ..])
            {
                continue;
            }
            string point = Unescaped(escaped);
            // Of two at the same point the later one covers the earlier.
            if (Contains(point, path) && point.Length >= (found?.Point.Length ?? 0))
            {
                found = new Mount(point, kind, options.Split(','));
            }
        }
        return found;
    }

    private static bool Contains(string point, string path) =>
        point == "/" || path == point || path.StartsWith(point + "/", StringComparison.Ordinal);

    /// <summary>A space stands there as \040.</summary>
    private static string Unescaped(string point)
    {
        var plain = new StringBuilder(point.Length);
        for (int k = 0; k < point.Length; k++)
        {
            if (point[k] == '\\' && k + 3 < point.Length && point.AsSpan(k + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0)
            {
                plain.Append((char)(((point[k + 1] - '0') * 64) + ((point[k + 2] - '0') * 8) + point[k + 3] - '0'));
                k += 3;
            }
            else
            {
                plain.Append(point[k]);
            }
        }
        return plain.ToString();
    }
}
