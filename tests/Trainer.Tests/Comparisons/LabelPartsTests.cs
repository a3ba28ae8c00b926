using Trainer.Comparisons;

namespace Trainer.Tests.Comparisons;

public class LabelPartsTests
{
    [Fact]
    public void AValueWithSpaces_IsOnePart() => Assert.Equal(["relu", "hidden=[16, 8]", "lr=0.1"], LabelParts.Of("relu hidden=[16, 8] lr=0.1"));

    [Theory]
    [InlineData("small hidden=[16, 8]", "small hidden=[16, 4]", "small ")]
    [InlineData("small lr=1 beta=2", "small lr=1 beta=3", "small lr=1 ")]
    [InlineData("small", "small lr=1", "")]
    [InlineData("a lr=1", "b lr=1", "")]
    public void Shared_AreWholeParts_AndNeverAllOfALabel(string first, string second, string expected) =>
        Assert.Equal(expected, LabelParts.SharedBeginning([first, second]));
}
