using System.Security.Cryptography;

namespace Trainer.Data;

/// <summary>The beginning of a file that is being fetched, beside its final place.</summary>
internal static class PartFile
{
    /// <summary>The part file of the file at <paramref name="target"/>.</summary>
    public static string Of(string target) => target + ".part";

    /// <summary>How many bytes it has; 0 where there is none.</summary>
    public static long Length(string part) => new FileInfo(part) is { Exists: true } file ? file.Length : 0;

    /// <summary>Removes what cannot be a beginning of a file of <paramref name="length"/> bytes: one that is longer, and a
    /// link, which somebody may have laid in a folder that others can write to (the folder of temporary files, without a home).</summary>
    public static void RemoveIfUseless(string part, long length)
    {
        if (new FileInfo(part).LinkTarget is not null || Length(part) > length)
        {
            File.Delete(part);
        }
    }

    /// <summary>SHA-256, lower-case hexadecimal.</summary>
    public static string Sha256(string part)
    {
        using FileStream stream = File.OpenRead(part);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
