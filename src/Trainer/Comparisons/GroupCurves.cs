using Trainer.Catalogs;
using Trainer.Results;
using Trainer.Statistics;

namespace Trainer.Comparisons;

/// <summary>The curves of a group: every column of <c>metrics.csv</c> that a run has values in.</summary>
internal static class GroupCurves
{
    private static readonly (string Name, Func<MetricsRow, double?> Of)[] Columns =
    [
        ("lr", row => row.Lr),
        ("running_loss", row => row.RunningLoss),
        ("running_accuracy", row => row.RunningAccuracy),
        ("train_loss", row => row.TrainLoss),
        ("train_accuracy", row => row.TrainAccuracy),
        ("val_loss", row => row.ValLoss),
        ("val_accuracy", row => row.ValAccuracy),
        ("test_loss", row => row.TestLoss),
        ("test_accuracy", row => row.TestAccuracy),
    ];

    /// <summary>The curves of the counted runs; where none counts, of all, for a loss that goes to infinity is worth seeing.</summary>
    public static IReadOnlyList<GroupCurve> Of(ComparedGroup group)
    {
        IReadOnlyList<RunEntry> runs = group.Counted.Count > 0 ? group.Counted : [.. group.Group.Runs.Where(run => run.Rows.Count > 0)];
        int[] epochs = [.. runs.SelectMany(run => run.Rows).Select(row => row.Epoch).Distinct().Order()];
        var placeOf = new Dictionary<int, int>(epochs.Select((epoch, place) => KeyValuePair.Create(epoch, place)));
        return [.. Columns.Select(column => Of(group.Label, column.Name, column.Of, runs, epochs, placeOf)).OfType<GroupCurve>()];
    }

    private static GroupCurve? Of(
        string label, string name, Func<MetricsRow, double?> value, IReadOnlyList<RunEntry> runs, int[] epochs, Dictionary<int, int> placeOf)
    {
        double[][] lines = [.. runs.Select(run => Line(run, value, epochs.Length, placeOf))];
        if (lines.All(line => line.All(double.IsNaN)))
        {
            return null;
        }
        Sample?[] samples = [.. Enumerable.Range(0, epochs.Length).Select(place =>
        {
            double[] there = [.. lines.Select(line => line[place]).Where(number => !double.IsNaN(number))];
            return there.Length > 0 ? Sample.Of(there) : (Sample?)null;
        })];
        return new GroupCurve(
            label, name, epochs, [.. samples.Select(sample => sample?.Mean ?? double.NaN)],
            [.. samples.Select(sample => sample?.StandardDeviation ?? double.NaN)],
            [.. runs.Select(run => run.Experiment.Seed)], lines);
    }

    private static double[] Line(RunEntry run, Func<MetricsRow, double?> value, int length, Dictionary<int, int> placeOf)
    {
        double[] line = new double[length];
        Array.Fill(line, double.NaN);
        foreach (MetricsRow row in run.Rows)
        {
            line[placeOf[row.Epoch]] = value(row) is { } number && double.IsFinite(number) ? number : double.NaN;
        }
        return line;
    }
}
