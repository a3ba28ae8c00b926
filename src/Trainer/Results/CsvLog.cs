using Trainer.Failures;
using Trainer.Storage;

namespace Trainer.Results;

/// <summary>
/// A CSV file that grows by a row at a time. A row is appended, so that a run of a hundred thousand epochs does not write its
/// file a hundred thousand times over; where the file is not there, or not what was written last, all rows are written anew.
/// </summary>
/// <remarks>
/// A row that was cut off, by a full disk or a power cut, has no line feed behind it and is not read
/// (<see cref="CsvFile.Read"/>); the rows before it are whole. A run that goes on (<see cref="GoOn"/>) makes the rows behind its checkpoint
/// again: those that the file already has stay, and where rows repeat to the byte they are compared.
/// </remarks>
/// <param name="path">The file.</param>
/// <param name="lasting">Whether each row is flushed to the disk; else <see cref="Flush"/> does it.</param>
/// <param name="repeats">Whether the same run gives the same rows again, to the last digit.</param>
internal sealed class CsvLog<TRow>(string path, bool lasting, bool repeats = true)
    where TRow : class
{
    private List<TRow> _rows = [];
    private int _next;
    private long _length = -1;
    private bool _isFlushed = true;

    /// <summary>All rows of the file.</summary>
    public IReadOnlyList<TRow> Rows => _rows;

    /// <summary>Whether the file has <paramref name="count"/> rows.</summary>
    public bool Has(int count) => count <= _rows.Count;

    /// <summary>Forgets all rows: the file is gone.</summary>
    public void Clear() => (_rows, _next, _length, _isFlushed) = ([], 0, -1, true);

    /// <summary>Reads what an earlier process wrote.</summary>
    /// <param name="count">How many rows there are up to the checkpoint.</param>
    /// <returns>Whether it wrote so many; where not, nothing has changed.</returns>
    /// <exception cref="RunFailedException">There is a file that is not of this kind.</exception>
    public bool GoOn(int count)
    {
        IReadOnlyList<TRow> rows = File.Exists(path) ? CsvFile.Read<TRow>(path) : [];
        if (rows.Count < count)
        {
            return false;
        }
        (_rows, _next, _length, _isFlushed) = ([.. rows], count, CsvFile.WholeLength(path), lasting);
        return true;
    }

    /// <summary>Adds a row; when this returns, the file has it.</summary>
    /// <returns>Whether it is a new one.</returns>
    /// <exception cref="RunFailedException">The file cannot be written.</exception>
    /// <exception cref="CheckFailedException">The row was there before, and was another.</exception>
    public bool Add(TRow row)
    {
        if (_next < _rows.Count)
        {
            Compare(row);
            _next++;
            return false;
        }
        var file = new FileInfo(path);
        bool grows = file.Exists && file.Length == _length;
        int appended = grows ? CsvFile.Append(path, row, lasting) : 0;
        _rows.Add(row);
        _next++;
        if (grows)
        {
            _length += appended;
            _isFlushed &= lasting;
            return true;
        }
        _length = -1;
        CsvFile.Write(path, _rows);
        _length = new FileInfo(path).Length;
        return true;
    }

    /// <summary>Has the disk take what was appended and not flushed.</summary>
    /// <exception cref="RunFailedException">It cannot.</exception>
    public void Flush()
    {
        if (!_isFlushed && !GrowingFile.TryFlush(path))
        {
            CsvFile.Write(path, _rows);
        }
        _isFlushed = true;
    }

    private void Compare(TRow row)
    {
        if (repeats && !row.Equals(_rows[_next]))
        {
            throw new CheckFailedException(
                $"{path}({_next + 2}): was recorded as {CsvFile.Line(_rows[_next])} and is now {CsvFile.Line(row)}: the program, the images or this folder were changed since; 'trainer verify' tells more, 'trainer run CONFIG --force' begins again");
        }
    }
}
