using System.Globalization;
using Trainer.Results;
using Trainer.Runs;

namespace Trainer.Verification;

/// <summary>Compares each epoch that is trained again with what is recorded of it, and asks to stop at the first that differs.</summary>
/// <param name="run">What is recorded.</param>
/// <param name="range">The epochs to compare.</param>
/// <param name="mayEnd">Whether behind the last of them the run is to come to its own end.</param>
/// <param name="stop">Asks to stop.</param>
/// <param name="progress">Told of each epoch.</param>
internal sealed class RerunObserver(VerifiedRun run, EpochRange range, bool mayEnd, Action stop, Action<int> progress) : IRunObserver
{
    private readonly Dictionary<int, MetricsRow> _rows = run.Rows.DistinctBy(row => row.Epoch).ToDictionary(row => row.Epoch);
    private readonly Dictionary<string, string[]> _digests = File.Exists(run.Folder.Digests)
        ? run.Digests.DistinctBy(line => line[0]).ToDictionary(line => line[0]) : [];
    private readonly Dictionary<long, LineSearchRow> _searches = File.Exists(run.Folder.LineSearch)
        ? CsvFile.Read<LineSearchRow>(run.Folder.LineSearch).DistinctBy(row => row.Step).ToDictionary(row => row.Step) : [];

    /// <summary>What differs in the first epoch that does.</summary>
    public List<string> Differences { get; } = [];

    /// <summary>The last epoch that was trained; -1 before the untrained network was measured.</summary>
    public int LastEpoch { get; private set; } = -1;

    /// <summary>Whether any tensor could be compared.</summary>
    public bool HasDigests => _digests.Count > 0;

    /// <inheritdoc/>
    public void OnProgress(RunProgress told)
    {
    }

    /// <inheritdoc/>
    public void OnTrace(RunTrace trace)
    {
    }

    /// <inheritdoc/>
    public void OnEpoch(EpochRecord record, EpochTiming timing, ReadOnlySpan<float> network, bool isBest)
    {
        LastEpoch = record.Epoch;
        progress(record.Epoch);
        if (record.Epoch > range.Last)
        {
            stop();
            return;
        }
        if (record.Epoch >= range.First)
        {
            Compare(record, network);
        }
        if (Differences.Count > 0 || (record.Epoch == range.Last && !mayEnd))
        {
            stop();
        }
    }

    private void Compare(EpochRecord record, ReadOnlySpan<float> network)
    {
        string epoch = record.Epoch.ToString(CultureInfo.InvariantCulture);
        var computed = MetricsRow.From(record);
        if (!_rows.TryGetValue(record.Epoch, out MetricsRow? recorded))
        {
            Differences.Add($"epoch {epoch}: has no line in {run.NameOf(run.Folder.Metrics)}");
            return;
        }
        Tensors(epoch, network);
        Differences.AddRange(MetricsColumns.All
            .Select(column => (column.Name, Recorded: column.Text(recorded), Computed: column.Text(computed)))
            .Where(column => column.Recorded != column.Computed)
            .Select(column => Difference(epoch, column.Name, column.Recorded, column.Computed)));
        if (record.Search is { } search && _searches.TryGetValue(search.Step, out LineSearchRow? step))
        {
            Search(epoch, step, LineSearchRow.From(search));
        }
    }

    /// <summary>The first tensor that differs: what comes behind it follows from it, more often than not.</summary>
    private void Tensors(string epoch, ReadOnlySpan<float> network)
    {
        if (!_digests.TryGetValue(epoch, out string[]? line))
        {
            return;
        }
        string[] names = TensorDigests.NamesOf(run.Shape), computed = TensorDigests.Of(run.Shape, network);
        int first = computed.AsSpan().CommonPrefixLength(line.AsSpan(1));
        if (first < computed.Length)
        {
            Differences.Add(Difference(epoch, "tensor " + names[first], line[first + 1], computed[first]));
        }
    }

    private void Search(string epoch, LineSearchRow recorded, LineSearchRow computed)
    {
        (string Name, double Recorded, double Computed)[] columns =
        [
            ("t", recorded.Size, computed.Size), ("trials", recorded.Trials, computed.Trials),
            ("loss_before", recorded.LossBefore, computed.LossBefore), ("loss_after", recorded.LossAfter, computed.LossAfter),
            ("gradient_squared", recorded.GradientSquared, computed.GradientSquared),
        ];
        Differences.AddRange(columns.Where(column => !column.Recorded.Equals(column.Computed)).Select(column => Difference(
            epoch, $"{column.Name} of {run.NameOf(run.Folder.LineSearch)}", MetricsColumns.Text(column.Recorded), MetricsColumns.Text(column.Computed))));
    }

    private static string Difference(string epoch, string name, string recorded, string computed) =>
        $"epoch {epoch}: {name} differs: recorded {recorded}, computed {computed}";
}
