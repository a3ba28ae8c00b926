using System.Diagnostics;
using Trainer.Data;
using Trainer.Failures;
using Trainer.Networks;
using Trainer.Optimizers;
using Trainer.Runs;
using Trainer.Storage;
using Trainer.Yaml;

namespace Trainer.Results;

/// <summary>Writes a run's folder while the run goes on: after every epoch everything recorded so far is whole on disk.</summary>
internal sealed class RunRecorder : IRunLog
{
    private readonly RunFolder _folder;
    private readonly Experiment _experiment;
    private readonly DataSet _data;
    private readonly MlpShape _shape;
    private readonly string _hash;
    private readonly bool _isAlone;
    private readonly CsvLog<MetricsRow> _metrics;
    private readonly CsvLog<TimingRow> _timings;
    private readonly CsvLog<LineSearchRow> _searches;
    private Manifest _manifest;
    private MetricsRow? _best;
    private long? _firstStep;

    /// <summary>For a run that has not begun.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="experiment">What is trained.</param>
    /// <param name="data">On which images.</param>
    /// <param name="shape">The network's layers.</param>
    /// <param name="manifest">What is known so far.</param>
    /// <param name="isAlone">Whether the process was started for this run, so that its start says how long the first step was waited for.</param>
    public RunRecorder(RunFolder folder, Experiment experiment, DataSet data, MlpShape shape, Manifest manifest, bool isAlone = true)
    {
        _isAlone = isAlone;
        _folder = folder;
        _experiment = experiment;
        _data = data;
        _shape = shape;
        _manifest = manifest;
        _hash = ConfigHash.Of(experiment);
        _metrics = new CsvLog<MetricsRow>(folder.Metrics, lasting: true);
        _timings = new CsvLog<TimingRow>(folder.Timing, lasting: false, repeats: false);
        _searches = new CsvLog<LineSearchRow>(folder.LineSearch, lasting: true);
    }

    /// <inheritdoc/>
    public void Begin()
    {
        try
        {
            _folder.Clear();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{_folder.Path}: cannot be emptied: {failure.Message}", failure);
        }
        _metrics.Clear();
        _timings.Clear();
        _searches.Clear();
        WriteBeginning();
    }

    /// <inheritdoc/>
    public string? Lacks(int epoch)
    {
        if (!_metrics.GoOn(epoch + 1) || !Rows.Select(row => row.Epoch).SequenceEqual(Enumerable.Range(0, Rows.Count)))
        {
            return _folder.Metrics;
        }
        if (!_timings.GoOn(epoch + 1))
        {
            return _folder.Timing;
        }
        if (!_searches.GoOn(_experiment.Optimizer is LineSearch ? epoch : 0))
        {
            return _folder.LineSearch;
        }
        ValidationRanking ranking = ValidationRanking.Of(_experiment);
        _best = null;
        foreach (MetricsRow row in Rows.Take(epoch + 1))
        {
            _best = row.Validation is { } now && (_best?.Validation is not { } best || ranking.IsBetter(now, best)) ? row : _best;
        }
        return !File.Exists(_folder.LastWeights) ? _folder.LastWeights
            : _best is not null && !File.Exists(_folder.BestWeights) ? _folder.BestWeights
            : null;
    }

    /// <summary>Writes that the run goes on behind what <see cref="Lacks"/> has read.</summary>
    /// <param name="continuation">How.</param>
    /// <exception cref="RunFailedException">The folder cannot be written.</exception>
    public void Continue(Continuation continuation)
    {
        ClearRemains();
        // One of other images, or of none that can be read, is no manifest of this run.
        if (Manifest.TryRead(_folder) is { } begun && begun.DataHash == _manifest.DataHash)
        {
            _manifest = begun with { Ended = null, Seconds = null, Continued = [.. begun.Continued ?? [], continuation] };
        }
        WriteBeginning();
    }

    /// <inheritdoc/>
    public void Flush()
    {
        _metrics.Flush();
        _timings.Flush();
        _searches.Flush();
    }

    /// <summary>What was recorded so far, an element an epoch.</summary>
    public IReadOnlyList<MetricsRow> Rows => _metrics.Rows;

    /// <summary>The best epoch by validation so far.</summary>
    public MetricsRow? Best => _best;

    /// <summary>How the run came to be complete before its last epoch, if it did.</summary>
    public RunStop? Stopped { get; private set; }

    /// <summary>The summary of the complete run in <paramref name="folder"/>, if it is one of exactly this experiment on exactly
    /// this data; else null.</summary>
    public static RunSummary? FindComplete(RunFolder folder, Experiment experiment, string dataHash) =>
        RunSummary.TryRead(folder) is { } summary
        && summary.DataHash == dataHash
        && File.Exists(folder.LastWeights)
        && LastRow(folder, (summary.Stopped?.Epoch ?? experiment.Epochs) + 1) == summary.Last
        && IsOf(folder, experiment)
            ? summary
            : null;

    /// <summary>The status of the run in <paramref name="folder"/>, if it is one of exactly this experiment on exactly this data that
    /// failed or diverged, with its last recorded epoch; else null.</summary>
    public static (RunStatus Status, MetricsRow? Last)? FindGivenUp(RunFolder folder, Experiment experiment, string dataHash)
    {
        if (RunStatus.TryRead(folder) is not { State: RunState.Failed or RunState.Diverged } status
            || RecordedDataSet.TryHash(folder) != dataHash || !IsOf(folder, experiment))
        {
            return null;
        }
        try
        {
            return (status, File.Exists(folder.Metrics) ? CsvFile.Read<MetricsRow>(folder.Metrics).LastOrDefault() : null);
        }
        catch (RunFailedException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void OnProgress(RunProgress progress)
    {
        // The first slice is one step.
        _firstStep ??= Stopwatch.GetTimestamp();
    }

    /// <inheritdoc/>
    public void OnTrace(RunTrace trace) => TraceFiles.Write(_folder.Trace, _shape, trace);

    /// <inheritdoc/>
    public void OnEpoch(EpochRecord record, EpochTiming timing, ReadOnlySpan<float> network, bool isBest)
    {
        MetricsRow row = MetricsRow.From(record);
        _best = isBest ? row : _best;
        if (!_metrics.Has(row.Epoch + 1))
        {
            // Before their line: weights may be an epoch ahead of the lines, lines never of the weights.
            Dictionary<string, string> metadata = Metadata(row);
            SafetensorsFile.Write(_folder.LastWeights, _shape, network, metadata);
            if (isBest)
            {
                SafetensorsFile.Write(_folder.BestWeights, _shape, network, metadata);
            }
        }
        _timings.Add(TimingRow.From(timing));
        if (record.Search is { } step)
        {
            _searches.Add(LineSearchRow.From(step));
        }
        if (_metrics.Add(row))
        {
            WriteStatus(RunState.Running, lasting: false);
        }
    }

    /// <summary>Writes that the run is complete.</summary>
    /// <param name="stopped">How it came to be so before its last epoch; null after that one.</param>
    /// <exception cref="RunFailedException">The folder cannot be written.</exception>
    /// <param name="seconds">How long it took in all.</param>
    public void Complete(RunStop? stopped, double seconds)
    {
        Stopped = stopped;
        End(RunState.Completed, stopped?.Describe(_experiment.Epochs), seconds);
    }

    /// <summary>Writes how the run ended.</summary>
    /// <exception cref="RunFailedException">The folder cannot be written.</exception>
    /// <param name="state">How.</param>
    /// <param name="message">What there is to say of it.</param>
    /// <param name="seconds">How long it took in all; null where nobody counted.</param>
    /// <param name="diverged">Where it diverged; null where it did not.</param>
    public void End(RunState state, string? message = null, double? seconds = null, DivergencePoint? diverged = null)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        _manifest = _manifest with
        {
            FirstStepSeconds = _isAlone && _firstStep is { } firstStep ? SecondsFromProcessStart(firstStep) : null,
            Ended = now,
            Seconds = seconds is { } known ? Math.Round(known, 3) : null,
        };
        AtomicFile.WriteText(_folder.Manifest, JsonText.File(_manifest));
        if (!File.Exists(_folder.Config))
        {
            // Somebody removed the folder meanwhile; what the run has must still be whole.
            AtomicFile.WriteText(_folder.Config, ConfigWriter.Write(_experiment));
        }
        if (state == RunState.Completed)
        {
            string summary = JsonText.File(RunSummary.From(
                _experiment, _hash, _data, _shape.ToString(), _shape.ParameterCount, Rows, _best, Stopped));
            // Before the summary, which makes the run a complete one: so no complete run is without them.
            RunSums.Write(_folder, summary);
            AtomicFile.WriteText(_folder.Summary, summary);
        }
        WriteStatus(state, message, diverged: diverged);
    }

    /// <summary>Draws what was recorded. After <see cref="End"/>: a picture that cannot be drawn costs no number.</summary>
    /// <exception cref="TrainerException">A file cannot be read or written.</exception>
    public void Draw()
    {
        if (Rows.Count > 0)
        {
            RunPictures.Draw(_folder, _experiment, _data.Name);
        }
    }

    /// <summary>The last of exactly <paramref name="count"/> recorded rows; null when they are not there whole.</summary>
    private static MetricsRow? LastRow(RunFolder folder, int count)
    {
        try
        {
            IReadOnlyList<MetricsRow> rows = CsvFile.Read<MetricsRow>(folder.Metrics);
            return rows.Count == count ? rows[^1] : null;
        }
        catch (RunFailedException)
        {
            return null;
        }
    }

    /// <summary>Whether a folder's configuration is that of an experiment, but for what makes no difference.</summary>
    private static bool IsOf(RunFolder folder, Experiment experiment)
    {
        try
        {
            string recorded = YamlText.ReadFile(folder.Config);
            // Both are written by the same hand: reading one takes thirty times as long as this.
            return recorded == ConfigWriter.Write(experiment)
                || ConfigWriter.Identity(ConfigReader.ReadText<Experiment>(recorded, folder.Config)) == ConfigWriter.Identity(experiment);
        }
        catch (ConfigException)
        {
            // A configuration of another version of this program: whatever the folder holds, it is not this experiment.
            return false;
        }
    }

    /// <summary>What cannot be removed takes room and does no harm.</summary>
    private void ClearRemains()
    {
        try
        {
            _folder.ClearRemains();
        }
        catch (Exception failure) when (WriteFailure.IsOne(failure))
        {
        }
    }

    private void WriteBeginning()
    {
        AtomicFile.WriteText(_folder.Config, ConfigWriter.Write(_experiment));
        AtomicFile.WriteText(_folder.Manifest, JsonText.File(_manifest));
        WriteStatus(RunState.Running);
    }

    private Dictionary<string, string> Metadata(MetricsRow row) => new()
    {
        ["config"] = _experiment.Name,
        ["config_hash"] = _hash,
        ["seed"] = FormattableString.Invariant($"{_experiment.Seed}"),
        ["data_set"] = _data.Name,
        ["epoch"] = FormattableString.Invariant($"{row.Epoch}"),
        ["digest"] = row.Digest ?? "",
    };

    /// <summary>The age of the process now, less what has passed since: whoever sets the clock meanwhile changes neither.</summary>
    private static double SecondsFromProcessStart(long moment)
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan age = DateTime.UtcNow - process.StartTime.ToUniversalTime();
        return Math.Round((age - Stopwatch.GetElapsedTime(moment)).TotalSeconds, 3);
    }

    private void WriteStatus(RunState state, string? message = null, bool lasting = true, DivergencePoint? diverged = null)
    {
        int epoch = Rows.Count == 0 ? 0 : Rows[^1].Epoch;
        var status = new RunStatus(state, epoch, _experiment.Epochs, DateTimeOffset.UtcNow, message, diverged);
        AtomicFile.WriteText(_folder.Status, JsonText.File(status), lasting);
    }
}
