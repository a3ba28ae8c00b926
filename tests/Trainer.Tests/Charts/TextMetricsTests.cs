using Trainer.Charts;

namespace Trainer.Tests.Charts;

public class TextMetricsTests
{
    // Advance widths of Helvetica Bold as in its published metrics, thousandths of the font size.
    [Theory]
    [InlineData("train", 333 + 389 + 556 + 278 + 611)]
    [InlineData("validation", 556 + 556 + 278 + 278 + 611 + 556 + 333 + 278 + 611 + 611)]
    [InlineData("WWW MMM", 3 * 944 + 278 + 3 * 833)]
    [InlineData("0.123", 4 * 556 + 278)]
    public void Width_IsAtLeastThatOfHelveticaBold_AndNotAbsurdlyMore(string text, int thousandths)
    {
        double width = TextMetrics.Width(text, 10, bold: true);
        Assert.InRange(width, thousandths / 100.0, 1.3 * thousandths / 100.0);
    }

    [Fact]
    public void Width_CountsIdeographsAsSquares_AndCombiningMarksAsNothing()
    {
        Assert.True(TextMetrics.Width("損失", 10) >= 20);
        Assert.True(TextMetrics.Width("👗", 10) >= 10);
        Assert.Equal(TextMetrics.Width("e", 10), TextMetrics.Width("e\u0301", 10));
    }

    [Theory]
    [InlineData("short", 100, "short")]
    [InlineData("a label that is too long", 100, "a label that is too l…")]
    [InlineData("anything", 1, "…")]
    public void Shorten_KeepsTheBeginningThatFits(string text, double width, string expected)
    {
        Assert.Equal(expected, TextMetrics.Shorten(text, 10, width));
    }

    [Fact]
    public void Shorten_NeverCutsACharacterInTwo()
    {
        for (double width = 5; width < 60; width++)
        {
            string shortened = TextMetrics.Shorten("👗👗👗👗👗", 10, width).TrimEnd('…');
            Assert.Equal(shortened.Length, shortened.EnumerateRunes().Count(rune => rune.Value == 0x1F457) * 2);
        }
    }

    [Fact]
    public void Wrap_BreaksAtSpaces_AndShortensOnlyTheLastLine()
    {
        const string text = "sigmoid momentum on fashion-mnist with three hidden layers, seed 12345";
        IReadOnlyList<string> lines = TextMetrics.Wrap(text, 10, 120, 3);
        Assert.Equal(3, lines.Count);
        Assert.All(lines, line => Assert.InRange(TextMetrics.Width(line, 10), 1, 120));
        Assert.StartsWith(string.Join(' ', lines).TrimEnd('…'), text, StringComparison.Ordinal);
        Assert.EndsWith("…", lines[^1], StringComparison.Ordinal);
        Assert.Equal([text], TextMetrics.Wrap(text, 10, 1000, 3));
    }

    [Fact]
    public void Wrap_BreaksAWordThatIsWiderThanALine_WithoutLosingACharacter()
    {
        string word = new('x', 50);
        IReadOnlyList<string> lines = TextMetrics.Wrap(word, 10, 100, 10);
        Assert.Equal(word, string.Concat(lines));
        Assert.All(lines, line => Assert.InRange(TextMetrics.Width(line, 10), 1, 100));
        Assert.Empty(TextMetrics.Wrap("  ", 10, 100, 2));
        Assert.Equal(3, TextMetrics.Wrap("abc", 10, 0.1, 9).Count);
    }
}
