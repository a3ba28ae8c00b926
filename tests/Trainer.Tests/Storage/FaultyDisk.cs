using Trainer.Storage;

namespace Trainer.Tests.Storage;

/// <summary>This machine's disk with one <see cref="Fault"/> in one folder. Waiting and flushing take no time.</summary>
/// <param name="fault">What happens, and when.</param>
/// <param name="root">The folder that it is about; what is in it now is on the disk.</param>
internal sealed class FaultyDisk(Fault fault, string root) : IDisk
{
    private const int NoSpace = 28; // ENOSPC
    private const int InputOutput = 5; // EIO
    private readonly LocalDisk _local = new();
    private readonly DurableState? _durable = fault.Cuts ? new DurableState(root) : null;
    private readonly string _root = Path.GetFullPath(root);
    private bool _isOver;

    /// <summary>What was asked of it so far, and of which file.</summary>
    public List<(DiskOperation Operation, string Path)> Log { get; } = [];

    /// <summary>The pauses that were made.</summary>
    public List<TimeSpan> Pauses { get; } = [];

    /// <summary>What it fails by instead of by want of space or an error of the device.</summary>
    public Func<string, Exception>? Failure { get; init; }

    /// <summary>Whether the fault has happened.</summary>
    public bool HasStruck { get; private set; }

    public void CreateFolder(string path) => Do(DiskOperation.CreateFolder, path, () =>
    {
        _local.CreateFolder(path);
        _durable?.CreateFolder(path);
    });

    public IDiskFile Create(string path)
    {
        IDiskFile? file = null;
        Do(DiskOperation.Create, path, () =>
        {
            file = new FaultyFile(this, path, _local.Create(path));
            _durable?.Create(path);
        });
        return file!;
    }

    public IDiskFile Append(string path)
    {
        IDiskFile? file = null;
        Do(DiskOperation.Append, path, () =>
        {
            _durable?.Open(path);
            file = new FaultyFile(this, path, _local.Append(path));
        });
        return file!;
    }

    public void Rename(string from, string to) => Do(DiskOperation.Rename, to, () =>
    {
        _local.Rename(from, to);
        _durable?.Rename(from, to);
    });

    public void DeleteFile(string path) => Do(DiskOperation.DeleteFile, path, () =>
    {
        _local.DeleteFile(path);
        _durable?.Delete(path);
    });

    public void DeleteFolder(string path) => Do(DiskOperation.DeleteFolder, path, () =>
    {
        _local.DeleteFolder(path);
        _durable?.DeleteFolder(path);
    });

    public void FlushFolder(string path) => Do(DiskOperation.FlushFolder, path, () =>
    {
        if (!Directory.Exists(path))
        {
            throw new DirectoryNotFoundException($"Could not find a part of the path '{path}'.");
        }
        _durable?.FlushFolder(path);
    });

    public void Wait(TimeSpan pause) => Pauses.Add(pause);

    private void Do(DiskOperation operation, string path, Action act, Action? half = null)
    {
        if (_isOver)
        {
            throw new ProcessEndedException($"{operation} of {path} after the end of the process");
        }
        if (!Path.GetFullPath(path).StartsWith(_root, StringComparison.Ordinal))
        {
            act();
            return;
        }
        Log.Add((operation, path));
        if (!fault.Strikes(Log.Count, operation))
        {
            act();
            return;
        }
        HasStruck = true;
        if (fault.Kind is FaultKind.HalfOnce or FaultKind.Full or FaultKind.KilledHalfway)
        {
            half?.Invoke();
        }
        if (!fault.Kills)
        {
            throw Failure?.Invoke(path) ?? Failed(path);
        }
        if (fault.Cuts || fault.Kind == FaultKind.KilledAfter)
        {
            act();
        }
        _isOver = true;
        _durable?.Cut(fault.Kind);
        throw new ProcessEndedException($"ended at {operation} of {path}");
    }

    private IOException Failed(string path) => fault.Kind is FaultKind.BrokenOnce or FaultKind.Broken
        ? new IOException($"Input/output error : '{path}'", InputOutput)
        : new IOException($"No space left on device : '{path}'", NoSpace);

    private sealed class FaultyFile(FaultyDisk disk, string path, IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;

        public void Write(ReadOnlySpan<byte> bytes)
        {
            byte[] all = bytes.ToArray();
            disk.Do(DiskOperation.Write, path, () => WritePart(all), () => WritePart(all[..(all.Length / 2)]));
        }

        public void SetLength(long length) => disk.Do(DiskOperation.SetLength, path, () =>
        {
            file.SetLength(length);
            disk._durable?.SetLength(path, length);
        });

        public void Flush() => disk.Do(DiskOperation.Flush, path, () =>
        {
            // What the machine has is in DurableState; that its own power stays on is assumed.
            disk._durable?.Flush(path);
        });

        public void Dispose() => file.Dispose();

        private void WritePart(byte[] bytes)
        {
            file.Write(bytes);
            disk._durable?.Write(path, bytes);
        }
    }
}
