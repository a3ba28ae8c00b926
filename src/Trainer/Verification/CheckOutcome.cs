namespace Trainer.Verification;

/// <summary>What a check found.</summary>
/// <param name="Verdict">In a word.</param>
/// <param name="Compared">What was compared, or why nothing was.</param>
/// <param name="Differences">What differs, an element each, with its file and place; empty where nothing does.</param>
internal sealed record CheckOutcome(CheckVerdict Verdict, string Compared, IReadOnlyList<string> Differences)
{
    /// <summary>The outcome of a comparison.</summary>
    /// <param name="compared">What was compared.</param>
    /// <param name="differences">What differs; null is nothing.</param>
    public static CheckOutcome Of(string compared, params IEnumerable<string?> differences)
    {
        string[] found = [.. differences.OfType<string>()];
        return new CheckOutcome(found.Length == 0 ? CheckVerdict.Equal : CheckVerdict.Differs, compared, found);
    }

    /// <summary>Nothing could be compared.</summary>
    public static CheckOutcome NotChecked(string why) => new(CheckVerdict.NotChecked, why, []);

    /// <summary>A file cannot be read.</summary>
    public static CheckOutcome Unreadable(string message) => new(CheckVerdict.Unreadable, message, []);
}
