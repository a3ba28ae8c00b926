using System.Globalization;

namespace Trainer.Comparisons;

/// <summary>A configuration key that groups differ in.</summary>
/// <param name="Name">The path of the key.</param>
/// <param name="Values">Its value in each group, as configurations write it; null where a group has no such key.</param>
internal sealed record VariedKey(string Name, IReadOnlyList<string?> Values)
{
    private const double LeastRatioForLogarithm = 4;

    /// <summary>Whether every value is a number.</summary>
    public bool IsNumeric { get; } = Values.All(value => NumberOf(value) is not null);

    /// <summary>The distinct values, numbers by size, others as they are met.</summary>
    public IReadOnlyList<string> Distinct => field ??= IsNumeric
        ? [.. Values.OfType<string>().Distinct().OrderBy(value => NumberOf(value))]
        : [.. Values.Select(value => value ?? "none").Distinct()];

    /// <summary>Whether the numbers lie evenly by ratio rather than by difference: 0.001, 0.01, 0.1.</summary>
    public bool IsLogarithmic => _isLogarithmic ??= LiesEvenlyByRatio([.. Distinct.Select(value => NumberOf(value) ?? double.NaN)]);

    private bool? _isLogarithmic;

    /// <summary>The number that a value stands for; null for none.</summary>
    public static double? NumberOf(string? value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    private static bool LiesEvenlyByRatio(double[] numbers) =>
        numbers.All(number => number > 0) && numbers.Length >= 2 && numbers[^1] / numbers[0] >= LeastRatioForLogarithm
            && (Unevenness([.. numbers.Select(number => Math.Log(number))]) < Unevenness(numbers) || numbers.Length == 2);

    /// <summary>Standard deviation of the gaps between neighbours as a part of their mean.</summary>
    private static double Unevenness(double[] numbers)
    {
        double[] gaps = [.. numbers.Zip(numbers.Skip(1), (a, b) => b - a)];
        double mean = gaps.Average();
        return Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean))) / mean;
    }
}
