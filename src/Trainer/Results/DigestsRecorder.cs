using Trainer.Failures;
using Trainer.Networks;
using Trainer.Runs;

namespace Trainer.Results;

/// <summary>
/// Writes <c>digests.csv</c> while the run goes on, an epoch's line before the metrics have theirs. An epoch that is trained again,
/// after a run was broken off, has to come to the line that is there.
/// </summary>
/// <remarks>An epoch of 784-128-64-10 takes 0.27 ms, 0.24 of them SHA-256 (2-core Zen 4 server). Lines are not flushed to the disk: what
/// a power cut takes is trained again.</remarks>
internal sealed class DigestsRecorder : IRunObserver
{
    private readonly string _path;
    private readonly MlpShape _shape;
    private readonly string[] _header;
    private readonly List<string[]> _lines = [];
    private long _length = -1;

    /// <summary>For a run of a network of this shape; behind the <see cref="RunRecorder"/>, which empties the folder of a run that
    /// begins anew.</summary>
    /// <exception cref="RunFailedException">There are digests already that cannot be read, or are of another network.</exception>
    public DigestsRecorder(string path, MlpShape shape)
    {
        (_path, _shape, _header) = (path, shape, DigestsFile.Header(shape));
        if (File.Exists(path))
        {
            _lines.AddRange(DigestsFile.Read(path, shape));
        }
    }

    /// <inheritdoc/>
    public void OnProgress(RunProgress progress)
    {
    }

    /// <inheritdoc/>
    public void OnTrace(RunTrace trace)
    {
    }

    /// <inheritdoc/>
    public void OnEpoch(EpochRecord record, EpochTiming timing, ReadOnlySpan<float> network, bool isBest)
    {
        string[] line = DigestsFile.Line(record.Epoch, _shape, network);
        if (record.Epoch < _lines.Count)
        {
            ThrowIfAnother(_lines[record.Epoch], line);
            return;
        }
        _lines.Add(line);
        var file = new FileInfo(_path);
        if (file.Exists && file.Length == _length)
        {
            _length += CsvFile.Append(_path, line, lasting: false);
            return;
        }
        // It begins here, or what is there is not what was written: all lines anew.
        CsvFile.Write(_path, _header, _lines);
        _length = new FileInfo(_path).Length;
    }

    private void ThrowIfAnother(string[] recorded, string[] trained)
    {
        int column = trained.AsSpan().CommonPrefixLength(recorded);
        if (column < trained.Length)
        {
            throw new CheckFailedException(
                $"{_path}: epoch {trained[0]}, trained again, has another tensor {_header[column]}: recorded {recorded[column]}, computed {trained[column]}");
        }
    }
}
