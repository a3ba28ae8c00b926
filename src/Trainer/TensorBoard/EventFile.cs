using Trainer.Failures;
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
    private readonly List<byte[]> _records = [];
    private long _length = -1;

    /// <summary>Adds a record; when this returns, the file has it, whatever happens to this process.</summary>
    /// <param name="message">What it holds.</param>
    /// <exception cref="RunFailedException">The file cannot be written.</exception>
    public void Add(ReadOnlySpan<byte> message)
    {
        byte[] record = EventRecord.Of(message);
        var file = new FileInfo(path);
        if (file.Exists && file.Length == _length)
        {
            GrowingFile.Append(path, record, lasting: false);
            _length += record.Length;
        }
        else
        {
            byte[] all = [.. _records.SelectMany(written => written), .. record];
            GrowingFile.Begin(path, all);
            _length = all.Length;
        }
        _records.Add(record);
    }
}
