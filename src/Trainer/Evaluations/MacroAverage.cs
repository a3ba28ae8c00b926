namespace Trainer.Evaluations;

/// <summary>The means over the classes, each class counting the same; a class for which a number is 0/0 is left out of its mean.</summary>
/// <param name="Precision">Mean precision; null where no class has one.</param>
/// <param name="Recall">Mean recall.</param>
/// <param name="F1">Mean F1.</param>
internal sealed record MacroAverage(double? Precision, double? Recall, double? F1)
{
    /// <summary>The means of <paramref name="scores"/>.</summary>
    public static MacroAverage Of(IReadOnlyList<ClassScore> scores) => new(
        scores.Average(score => score.Precision), scores.Average(score => score.Recall), scores.Average(score => score.F1));
}
