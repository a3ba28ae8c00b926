using Trainer.Comparisons;

namespace Trainer.Reports;

/// <summary>A line of a chart.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Place">Its place among the lines, which decides its colour and its dashes.</param>
/// <param name="Curve">Its values.</param>
internal sealed record ChartSeries(string Label, int Place, GroupCurve Curve);
