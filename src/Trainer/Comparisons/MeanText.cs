namespace Trainer.Comparisons;

/// <summary>A mean with its spread in digits, in parts that can be set below each other.</summary>
/// <param name="Mean">The mean, or what stands in its place.</param>
/// <param name="Deviation">The standard deviation; null where there is none.</param>
/// <param name="Note">What stands behind, with its space.</param>
internal readonly record struct MeanText(string Mean, string? Deviation, string Note = "")
{
    private const string Between = " ± ";

    /// <summary>"87.91 ± 0.61 (2 of 3)".</summary>
    public override string ToString() => Deviation is null ? Mean + Note : Mean + Between + Deviation + Note;

    /// <summary>Some of them as they stand below each other: all of one length, points below points.</summary>
    /// <param name="texts">The parts.</param>
    /// <param name="digit">A space as wide as a digit.</param>
    /// <param name="point">A space as wide as a point.</param>
    public static string[] Aligned(IReadOnlyList<MeanText> texts, char digit, char point)
    {
        string[] means = Column([.. texts.Select(text => IsNumber(text) ? text.Mean : "")], digit, point);
        string[] deviations = Column([.. texts.Select(text => text.Deviation ?? "")], digit, point);
        int note = texts.Max(text => text.Note.Length);
        return [.. texts.Select((text, place) => !IsNumber(text)
            ? text.ToString()
            : deviations[place].Length == 0 ? means[place] + text.Note.PadRight(note)
            : means[place] + (text.Deviation is null ? "   " : Between) + deviations[place] + text.Note.PadRight(note))];
    }

    private static bool IsNumber(MeanText text) => text.Mean.All(letter => char.IsAsciiDigit(letter) || letter is '.' or '-') && text.Mean.Any(char.IsAsciiDigit);

    /// <summary>Numbers filled up to the longest whole part and the longest part behind the point.</summary>
    private static string[] Column(string[] numbers, char digit, char point)
    {
        int whole = numbers.Max(Whole);
        int behind = numbers.Max(number => number.Length - Whole(number));
        return [.. numbers.Select(number =>
        {
            int missing = behind - (number.Length - Whole(number));
            // The point is missing too where nothing is behind it.
            bool hasPoint = Whole(number) < number.Length || missing == 0;
            return new string(digit, whole - Whole(number)) + number + (hasPoint ? "" : point.ToString()) + new string(digit, hasPoint ? missing : missing - 1);
        })];
    }

    private static int Whole(string number) => number.IndexOf('.') is >= 0 and var at ? at : number.Length;
}
