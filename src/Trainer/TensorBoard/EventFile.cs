using Trainer.Failures;

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
        _records.Add(EventRecord.Of(message));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            // Unbuffered. Whoever reads does not stop the run.
            using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            bool grows = file.Length == _length;
            file.SetLength(grows ? _length : 0);
            file.Seek(0, SeekOrigin.End);
            file.Write(grows ? _records[^1] : [.. _records.SelectMany(record => record)]);
            _length = file.Length;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{path}: cannot be written: {failure.Message}", failure);
        }
    }
}
