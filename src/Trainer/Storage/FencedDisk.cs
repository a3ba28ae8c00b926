namespace Trainer.Storage;

/// <summary>A disk on which every change is asked for first: whoever has lost the right to write finds out before he does.</summary>
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
        return disk.Create(path);
    }

    /// <inheritdoc/>
    public IDiskFile Append(string path)
    {
        check();
        return disk.Append(path);
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
}
