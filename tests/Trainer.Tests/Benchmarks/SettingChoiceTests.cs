using Trainer.Benchmarks.Racing;

namespace Trainer.Tests.Benchmarks;

public class SettingChoiceTests
{
    [Fact]
    public void TheBestTwo_AreKept_TheBetterFirst() =>
        Assert.Equal(["b", "c"], SettingChoice.Best<string>([("a", 1.9), ("b", 1.0), ("c", 1.1), ("d", 1.2)]));

    [Fact]
    public void ASettingTwiceAsSlow_IsNotKept() =>
        Assert.Equal(["b"], SettingChoice.Best<string>([("a", 2.1), ("b", 1.0)]));

    [Fact]
    public void WithoutAnyTrial_NothingIsKept() => Assert.Empty(SettingChoice.Best<string>([]));

    [Fact]
    public void ATrial_MayTakeLonger_TheLongerTheBestTook() =>
        Assert.True(SettingChoice.Limit(10) - SettingChoice.Limit(1) > TimeSpan.FromSeconds(9));
}
