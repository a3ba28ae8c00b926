using Trainer.Failures;

namespace Trainer.Storage;

/// <summary>Lets a file grow by a piece at a time, which goes out in one write, so that a process that is ended by force leaves whole ones.</summary>
internal static class GrowingFile
{
    /// <summary>Writes a piece at the end of a file. Where that fails the file is set back to what it was, so that it never has half of
    /// the piece, or the piece twice, and it is tried again some times: <see cref="WriteFailure"/>.</summary>
    /// <param name="path">The file; it must be there.</param>
    /// <param name="piece">What follows.</param>
    /// <param name="lasting">Whether it is flushed to the disk.</param>
    /// <param name="at">How long the file is without what is half written; null where all of it counts.</param>
    /// <exception cref="RunFailedException">It cannot be written. Where the file cannot be set back either, half of the piece may be
    /// there.</exception>
    public static void Append(string path, ReadOnlySpan<byte> piece, bool lasting, long? at = null)
    {
        long? length = at;
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                using IDiskFile file = Disk.Current.Append(path);
                length ??= file.Length;
                Write(file, length.Value, piece, lasting);
                return;
            }
            catch (Exception failure) when (WriteFailure.IsOne(failure))
            {
                if (!WriteFailure.WaitsAfter(failure, attempt))
                {
                    throw WriteFailure.Of(path, failure);
                }
            }
        }
    }

    /// <summary>Writes a file anew, in its place: for files whose readers know them by their place. Its name outlasts a
    /// power cut.</summary>
    /// <param name="path">The file; it and its folder are made where they are not there.</param>
    /// <param name="bytes">All of it.</param>
    /// <param name="lasting">Whether they are flushed to the disk.</param>
    /// <exception cref="RunFailedException">It cannot be written.</exception>
    public static void Begin(string path, ReadOnlySpan<byte> bytes, bool lasting)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                DiskFolder.Make(folder, lasting: true);
                using IDiskFile file = File.Exists(path) ? Disk.Current.Append(path) : Disk.Current.Create(path);
                Write(file, 0, bytes, lasting);
                Disk.Current.FlushFolder(folder);
                return;
            }
            catch (Exception failure) when (WriteFailure.IsOne(failure))
            {
                if (!WriteFailure.WaitsAfter(failure, attempt))
                {
                    throw WriteFailure.Of(path, failure);
                }
            }
        }
    }

    /// <summary>Has the disk take what was appended without.</summary>
    /// <returns>Whether it did. Where not, what was appended may be lost, whatever a second attempt says: the file is to be written
    /// anew.</returns>
    public static bool TryFlush(string path)
    {
        try
        {
            using IDiskFile file = Disk.Current.Append(path);
            file.Flush();
            return true;
        }
        catch (Exception failure) when (WriteFailure.IsOne(failure))
        {
            return false;
        }
    }

    /// <summary>Writes behind the first <paramref name="length"/> bytes. A write whose flush failed is made anew, too: the system may have
    /// dropped it, and would say of a second flush that it went well.</summary>
    private static void Write(IDiskFile file, long length, ReadOnlySpan<byte> piece, bool lasting)
    {
        if (file.Length > length)
        {
            file.SetLength(length);
        }
        try
        {
            file.Write(piece);
            if (lasting)
            {
                file.Flush();
            }
        }
        catch (Exception failure) when (WriteFailure.IsOne(failure))
        {
            SetBack(file, length);
            throw;
        }
    }

    /// <summary>Where that fails, the next attempt begins with it.</summary>
    private static void SetBack(IDiskFile file, long length)
    {
        try
        {
            file.SetLength(length);
        }
        catch (Exception failure) when (WriteFailure.IsOne(failure))
        {
        }
    }
}
