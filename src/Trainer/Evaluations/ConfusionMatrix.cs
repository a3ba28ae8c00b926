using Trainer.Data;

namespace Trainer.Evaluations;

/// <summary>How many rows of each class were taken for each class.</summary>
internal sealed class ConfusionMatrix
{
    private readonly int[,] _counts;

    private ConfusionMatrix(IReadOnlyList<string> classNames)
    {
        ClassNames = classNames;
        _counts = new int[classNames.Count, classNames.Count];
    }

    /// <summary>The name of each class, by label.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Number of classes.</summary>
    public int Classes => ClassNames.Count;

    /// <summary>Rows of class <paramref name="truth"/> taken for <paramref name="prediction"/>.</summary>
    public int this[int truth, int prediction] => _counts[truth, prediction];

    /// <summary>Counts.</summary>
    /// <param name="rows">The rows with their true classes.</param>
    /// <param name="predictions">The class that each was taken for.</param>
    /// <param name="classNames">The name of each class, by label.</param>
    public static ConfusionMatrix Of(Split rows, ReadOnlySpan<int> predictions, IReadOnlyList<string> classNames)
    {
        var matrix = new ConfusionMatrix(classNames);
        for (int row = 0; row < rows.Count; row++)
        {
            matrix._counts[rows.Label(row), predictions[row]]++;
        }
        return matrix;
    }

    /// <summary>Rows of class <paramref name="truth"/>.</summary>
    public int Support(int truth) => Enumerable.Range(0, Classes).Sum(prediction => _counts[truth, prediction]);

    /// <summary>Rows taken for <paramref name="prediction"/>.</summary>
    public int Predicted(int prediction) => Enumerable.Range(0, Classes).Sum(truth => _counts[truth, prediction]);

    /// <summary>The rows of the matrix.</summary>
    public int[][] Rows() =>
        [.. Enumerable.Range(0, Classes).Select(truth => Enumerable.Range(0, Classes).Select(prediction => _counts[truth, prediction]).ToArray())];

    /// <summary>Precision, recall and F1 of every class.</summary>
    public IReadOnlyList<ClassScore> Scores() => [.. Enumerable.Range(0, Classes).Select(Score)];

    private ClassScore Score(int label)
    {
        int right = _counts[label, label];
        int support = Support(label);
        int predicted = Predicted(label);
        return new ClassScore
        {
            Label = label,
            Class = ClassNames[label],
            Precision = Ratio(right, predicted),
            Recall = Ratio(right, support),
            F1 = Ratio(2 * right, support + predicted),
            Support = support,
            Predicted = predicted,
        };
    }

    private static double? Ratio(int part, int whole) => whole == 0 ? null : (double)part / whole;
}
