using System.Security.Cryptography;

namespace Trainer.Data;

/// <summary>A file on disk, as <c>trainer data</c> lists it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of the file as it lies there, packed or not.</param>
internal sealed record DataFile(string Name, long Bytes, string Sha256)
{
    /// <summary>The file at <paramref name="path"/>.</summary>
    public static DataFile Of(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return new DataFile(Path.GetFileName(path), stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}
