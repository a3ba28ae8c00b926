using Trainer.Sweeps;
using Trainer.Yaml;

namespace Trainer.Tests.Sweeps;

/// <summary>How many go on.</summary>
public class HalvingTests
{
    [Theory]
    [InlineData(9, 0, 3)]
    [InlineData(10, 0, 4)]
    [InlineData(1, 0, 1)]
    [InlineData(3, 1, 1)]
    [InlineData(7, 1, 3)]
    [InlineData(100, 2, 90)]
    public void Survivors_AreTheShareThatKeepsTheWork_RoundedUp_AtLeastOne(int groups, int rung, int survivors)
    {
        var halving = new Halving(Place.FileStart("s.yaml"), [1, 3, 9, 10]);
        Assert.Equal(survivors, halving.Survivors(groups, rung));
    }
}
