using Trainer.Clusters;

namespace Trainer.Tests.Clusters;

/// <summary>Numbers kept as ranges.</summary>
public class IndexRangesTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("1-3", 3)]
    [InlineData("1-24,30,32-40", 34)]
    [InlineData("7,9-10", 3)]
    [InlineData("2147483647", 1)]
    [InlineData("1-2147483647", int.MaxValue)]
    public void Text_IsReadAndWrittenAsItWas(string text, int count)
    {
        IndexRanges? ranges = IndexRanges.TryParse(text);
        Assert.NotNull(ranges);
        Assert.Equal((text, count), (ranges.ToString(), ranges.Count));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("0")]
    [InlineData("0-3")]
    [InlineData("01")]
    [InlineData("1-1")]
    [InlineData("3-1")]
    [InlineData("1,1")]
    [InlineData("2,1")]
    [InlineData("1-3,3")]
    [InlineData("1-3,2-5")]
    [InlineData("1,")]
    [InlineData(",1")]
    [InlineData("-1")]
    [InlineData("1-")]
    [InlineData("1--2")]
    [InlineData("1-2-3")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1 - 2")]
    [InlineData("1-9:2")]
    [InlineData("1-9%2")]
    [InlineData("one")]
    [InlineData("\u0661")]
    [InlineData("2147483648")]
    [InlineData("1-99999999999999999999")]
    public void TextThatIsNone_IsRefused(string text) => Assert.Null(IndexRanges.TryParse(text));

    [Theory]
    [InlineData("1,2,3", "1-3")]
    [InlineData("1-4,5-9,11", "1-9,11")]
    public void RangesThatTouch_BecomeOne(string text, string expected) => Assert.Equal(expected, IndexRanges.TryParse(text)!.ToString());

    [Fact]
    public void NumbersInAnyOrder_BecomeRanges()
    {
        Assert.Equal("1-3,7,2147483646-2147483647", IndexRanges.Of([7, 3, 1, 2, int.MaxValue, 2, int.MaxValue - 1]).ToString());
        Assert.Equal("", IndexRanges.Of([]).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => IndexRanges.Of([1, 0]));
    }

    [Fact]
    public void EveryPosition_HasTheNumberThatCountingGives()
    {
        IndexRanges ranges = IndexRanges.TryParse("2-4,7,9-12,20")!;
        int[] counted = [2, 3, 4, 7, 9, 10, 11, 12, 20];
        Assert.Equal(counted, ranges);
        Assert.Equal(counted, Enumerable.Range(0, ranges.Count).Select(position => ranges[position]));
        Assert.Equal(counted, Enumerable.Range(-5, 40).Where(ranges.Contains));
        Assert.Throws<ArgumentOutOfRangeException>(() => ranges[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => ranges[9]);
    }

    [Fact]
    public void LastNumberOfAll_EndsTheEnumeration() =>
        Assert.Equal([int.MaxValue - 1, int.MaxValue], IndexRanges.Between(int.MaxValue - 1, int.MaxValue));

    [Fact]
    public void TwoBillionNumbers_AreTwoRanges()
    {
        IndexRanges ranges = IndexRanges.TryParse("1-1000000000,1000000002-2000000001")!;
        Assert.Equal((2_000_000_000, 1_000_000_002), (ranges.Count, ranges[1_000_000_000]));
        Assert.True(ranges.Contains(1_999_999_999));
        Assert.False(ranges.Contains(1_000_000_001));
    }

    [Fact]
    public void SameNumbers_AreEqual()
    {
        Assert.Equal(IndexRanges.Of([1, 2, 3, 5]), IndexRanges.TryParse("1-3,5"));
        Assert.NotEqual(IndexRanges.Of([1, 2, 5]), IndexRanges.TryParse("1-3,5"));
        Assert.Equal(IndexRanges.Of([1, 2, 3, 5]).GetHashCode(), IndexRanges.TryParse("1-3,5")!.GetHashCode());
    }
}
