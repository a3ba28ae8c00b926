namespace Trainer.Storage;

/// <summary>A disk on which every change is asked for first: whoever has lost the right to write finds out before he does, also where a file
/// was opened before.</summary>
/// <param name="disk">Where to.</param>
/// <param name="check">Throws where nothing may be written any more. What it throws of the disk's own failures is tried again as those are.</param>
internal sealed class FencedDisk(IDisk disk, Action check) : IDisk
{
    /// <inheritdoc/>
    public void CreateFolder(string path)
    {
        check();
        disk.CreateFolder(path);
    }

    /// <inheritdoc/>
    public IDiskFile Create(string path)
    {
        check();
        return new FencedFile(disk.Create(path), check);
    }

    /// <inheritdoc/>
    public IDiskFile Append(string path)
    {
        check();
        return new FencedFile(disk.Append(path), check);
    }

    /// <inheritdoc/>
    public void Rename(string from, string to)
    {
        check();
        disk.Rename(from, to);
    }

    /// <inheritdoc/>
    public void DeleteFile(string path)
    {
        check();
        disk.DeleteFile(path);
    }

    /// <inheritdoc/>
    public void DeleteFolder(string path)
    {
        check();
        disk.DeleteFolder(path);
    }

    /// <inheritdoc/>
    public void FlushFolder(string path) => disk.FlushFolder(path);

    /// <inheritdoc/>
    public void Wait(TimeSpan pause) => disk.Wait(pause);

    private sealed class FencedFile(IDiskFile file, Action check) : IDiskFile
    {
        public long Length => file.Length;

        public void Write(ReadOnlySpan<byte> bytes)
        {
            check();
            file.Write(bytes);
        }

        public void SetLength(long length)
        {
            check();
            file.SetLength(length);
        }

        public void Flush() => file.Flush();

        public void Dispose() => file.Dispose();
    }
}
