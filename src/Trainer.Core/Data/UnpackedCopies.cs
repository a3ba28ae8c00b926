using System.Security.Cryptography;
using Trainer.Failures;

namespace Trainer.Data;

/// <summary>
/// What was in packed files, kept unpacked in a folder of our own, so that it is unpacked once and not at every start.
/// A copy is an optimisation and nothing else: its bytes are compared with the official SHA-256 each time they are used, a
/// damaged one is passed over and replaced, and where none can be written there is none.
/// </summary>
/// <remarks>
/// A copy stands in for a packed file only while that file is there and is, to the byte, the published one: then what it
/// holds is known without unpacking it. Loading the official set took 75 to 100 ms of processor time this way and 170 to 230
/// by unpacking (2-core Zen 4 server).
/// </remarks>
/// <param name="folder">Where they are kept; it need not exist. Nothing else should be in it.</param>
public sealed class UnpackedCopies(string folder)
{
    private const int HashDigits = 12;
    private const string LockName = ".lock";
    private const string Temporary = ".tmp";

    /// <summary>Where they are kept.</summary>
    public string Folder => folder;

    /// <summary>The copy of <paramref name="file"/>, whether or not there is one: the name tells the contents.</summary>
    public string PathOf(FashionMnistFile file) => Path.Combine(folder, $"{file.Name}-{file.ContentSha256[..HashDigits]}");

    /// <summary>Whether there is a copy of each of <paramref name="files"/>, as long as it should be; what is in them is not
    /// looked at.</summary>
    public bool AreThereFor(FashionMnistFiles files) => files.All.All(file => LengthOf(PathOf(file)) == file.ContentLength);

    /// <summary>The contents of <paramref name="file"/> from its copy; null where there is none, or it is damaged, or cannot
    /// be read.</summary>
    public IdxFile? Read(FashionMnistFile file)
    {
        string path = PathOf(file);
        try
        {
            if (LengthOf(path) == file.ContentLength && file.Read(path) is var read && read.ContentSha256 == file.ContentSha256)
            {
                return read;
            }
        }
        catch (DataException)
        {
            // Damaged: the packed file has the same.
        }
        return null;
    }

    /// <summary>
    /// The contents of the packed file at <paramref name="path"/> without unpacking it; null where it is not the published
    /// <paramref name="file"/>, or there is no intact copy.
    /// </summary>
    internal IdxFile? InPlaceOf(FashionMnistFile file, string path)
    {
        if (LengthOf(path) != file.GzipLength || LengthOf(PathOf(file)) != file.ContentLength)
        {
            return null;
        }
        Task<bool> isPublished = Task.Run(() => HasSha256(path, file.GzipSha256));
        IdxFile? copy = Read(file);
        return isPublished.GetAwaiter().GetResult() ? copy : null;
    }

    /// <summary>
    /// Keeps copies of verified contents, in place of damaged ones too. One process at a time: where another is at it, or
    /// the folder takes no more, this one leaves it.
    /// </summary>
    internal void Keep(IReadOnlyList<(FashionMnistFile File, IdxFile Contents)> verified)
    {
        if (verified.Count == 0)
        {
            return;
        }
        try
        {
            Directory.CreateDirectory(folder);
            // The system lets go of the lock however the process ends, so what else is being written here is nobody's.
            using var alone = new FileStream(
                Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            Array.ForEach(Directory.GetFiles(folder, "*" + Temporary), File.Delete);
            foreach ((FashionMnistFile file, IdxFile contents) in verified.Where(pair => !IsIntact(pair.File)))
            {
                Write(PathOf(file), contents);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Full, read-only, or somebody else's: the files are unpacked again at the next start.
        }
    }

    /// <summary>The names and lengths of what is in the folder.</summary>
    public IReadOnlyList<(string Name, long Bytes)> List()
    {
        try
        {
            return Directory.Exists(folder)
                ? [.. new DirectoryInfo(folder).GetFiles().Select(file => (file.Name, file.Length))]
                : [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Removes the folder with all that is in it.</summary>
    /// <exception cref="DataException">It cannot be removed.</exception>
    public void Clear()
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{folder}: cannot be removed ({failure.Message}); remove it by hand", failure);
        }
    }

    /// <summary>Under a name of its own first: whoever reads sees a whole file or none. Not flushed to the disk, which would
    /// take longer than unpacking: what a power cut spoils is found out by its hash.</summary>
    private static void Write(string path, IdxFile contents)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}{Temporary}";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                contents.WriteTo(stream);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Whether there is a good copy already: another process made it, or files that somebody else packed, for which no
    /// copy stands in, have the same contents.</summary>
    private bool IsIntact(FashionMnistFile file) =>
        LengthOf(PathOf(file)) == file.ContentLength && HasSha256(PathOf(file), file.ContentSha256);

    private static long LengthOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : -1;
    }

    private static bool HasSha256(string path, string expected)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            return Convert.ToHexStringLower(SHA256.HashData(stream)) == expected;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Reading the file the ordinary way says what is wrong.
            return false;
        }
    }
}
