namespace Trainer.Results;

/// <summary>
/// A CSV file that grows by a row at a time. A row is appended, so that a run of a hundred thousand epochs does not write its
/// file a hundred thousand times over; where the file is not there, or not what was written last, all rows are written anew.
/// </summary>
/// <remarks>A row that was cut off, by a full disk or a power cut, has no line feed behind it and is not read
/// (<see cref="CsvFile.Read"/>); the rows before it are whole.</remarks>
/// <param name="path">The file.</param>
/// <param name="lasting">Whether each row is flushed to the disk.</param>
internal sealed class CsvLog<TRow>(string path, bool lasting)
{
    private readonly List<TRow> _rows = [];
    private long _length = -1;

    /// <summary>All rows.</summary>
    public IReadOnlyList<TRow> Rows => _rows;

    /// <summary>Adds a row; when this returns, the file has it.</summary>
    /// <exception cref="Failures.RunFailedException">The file cannot be written.</exception>
    public void Add(TRow row)
    {
        _rows.Add(row);
        var file = new FileInfo(path);
        if (file.Exists && file.Length == _length)
        {
            _length += CsvFile.Append(path, row, lasting);
            return;
        }
        CsvFile.Write(path, _rows);
        _length = new FileInfo(path).Length;
    }
}
