using System.Globalization;
using Trainer.Charts;

namespace Trainer.Evaluations;

/// <summary>The picture of a confusion matrix: what was right in one colour, mistakes in another, the stronger the larger the part of the
/// true class.</summary>
internal static class ConfusionFigure
{
    // Below 1, so that mistakes of a few percent can be seen beside a diagonal of ninety.
    private const double ShadeExponent = 0.6;

    /// <summary>Builds the picture's data.</summary>
    public static HeatMap Of(SplitMeasurement measured)
    {
        ConfusionMatrix matrix = measured.Matrix;
        IReadOnlyList<ClassScore> scores = matrix.Scores();
        return new HeatMap
        {
            Title = EvaluationText.Title(measured),
            Subtitle = $"{EvaluationText.Subtitle(measured)}. Numbers: images. Colour: part of the row, blue where right, orange where mistaken",
            AltText = AltText(measured, scores),
            Corner = "true \u2193 predicted \u2192",
            RowLabels = matrix.ClassNames,
            ColumnLabels = [.. matrix.ClassNames, "recall"],
            RowEnds = [.. scores.Select(score => EvaluationText.Percent(score.Recall, digits: 1))],
            ColumnEndsLabel = "precision",
            ColumnEnds = [.. scores.Select(score => EvaluationText.Percent(score.Precision, digits: 1))],
            Cells = [.. scores.Select(row => scores.Select(column => Cell(matrix, row, column.Label)).ToArray())],
        };
    }

    private static HeatMapCell Cell(ConfusionMatrix matrix, ClassScore row, int prediction)
    {
        int count = matrix[row.Label, prediction];
        double share = row.Support == 0 ? 0 : (double)count / row.Support;
        return new HeatMapCell(
            count == 0 ? "" : count.ToString(CultureInfo.InvariantCulture),
            Math.Pow(share, ShadeExponent),
            prediction == row.Label ? Palette.Train : Palette.Test);
    }

    private static string AltText(SplitMeasurement measured, IReadOnlyList<ClassScore> scores) =>
        $"The confusion matrix of {EvaluationText.Title(measured)}. {EvaluationText.Subtitle(measured)}. Recall by class: "
        + string.Join(", ", scores.Select(score => $"{score.Class} {EvaluationText.Percent(score.Recall, digits: 1)}")) + ".";
}
