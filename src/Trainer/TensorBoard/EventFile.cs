using Trainer.Failures;
using Trainer.Results;
using Trainer.Storage;

namespace Trainer.TensorBoard;

/// <summary>
/// An event file that grows by a record at a time. A record goes out in one piece, so that the file of a run that was ended by force
/// can be read up to its last epoch. Where the file is not there, or not what was written last, all records are written anew.
/// </summary>
/// <remarks>Not written to a temporary name first: TensorBoard takes any name with <c>tfevents</c> in it for a file to show.</remarks>
/// <param name="path">The file.</param>
internal sealed class EventFile(string path)
{
    private List<byte[]> _records = [];
    private int _next;
    private long _length = -1;
    private bool _isFlushed = true;

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>Whether nothing was added yet.</summary>
    public bool IsEmpty => _records.Count == 0;

    /// <summary>Forgets all records: the file is gone.</summary>
    public void Clear() => (_records, _next, _length, _isFlushed) = ([], 0, -1, true);

    /// <summary>Reads what an earlier process wrote; records behind the first <paramref name="count"/> are added again and stay as they
    /// are, with the times they have.</summary>
    /// <returns>Whether it wrote so many; where not, nothing has changed.</returns>
    /// <exception cref="RunFailedException">The file cannot be read.</exception>
    public bool GoOn(int count)
    {
        try
        {
            IReadOnlyList<byte[]> records = File.Exists(path) ? EventRecord.Whole(RecordedFile.ReadBytes(path, RecordedFile.LongestTable)) : [];
            if (records.Count < count)
            {
                return false;
            }
            (_records, _next, _length, _isFlushed) = ([.. records], count, records.Sum(record => (long)record.Length), false);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{path}: cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Adds a record; when this returns, the file has it, whatever happens to this process.</summary>
    /// <param name="message">What it holds.</param>
    /// <exception cref="RunFailedException">The file cannot be written.</exception>
    public void Add(ReadOnlySpan<byte> message)
    {
        if (_next < _records.Count)
        {
            _next++;
            return;
        }
        byte[] record = EventRecord.Of(message);
        var file = new FileInfo(path);
        // Longer it is where a process was ended in the middle of a record.
        if (file.Exists && _length >= 0 && file.Length >= _length)
        {
            GrowingFile.Append(path, record, lasting: false, at: _length);
            _length += record.Length;
        }
        else
        {
            byte[] all = [.. _records.SelectMany(written => written), .. record];
            GrowingFile.Begin(path, all, lasting: false);
            _length = all.Length;
        }
        _records.Add(record);
        _next++;
        _isFlushed = false;
    }

    /// <summary>Has the disk take what was added.</summary>
    /// <exception cref="RunFailedException">It cannot.</exception>
    public void Flush()
    {
        if (!_isFlushed && !GrowingFile.TryFlush(path))
        {
            GrowingFile.Begin(path, [.. _records.SelectMany(written => written)], lasting: true);
        }
        _isFlushed = true;
    }
}
