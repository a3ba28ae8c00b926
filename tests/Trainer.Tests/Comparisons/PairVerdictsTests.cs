using Trainer.Catalogs;
using Trainer.Comparisons;
using Trainer.Results;

namespace Trainer.Tests.Comparisons;

public class PairVerdictsTests
{
    private static readonly double[] Low = [0.80, 0.81, 0.82, 0.80, 0.81, 0.82];
    private static readonly double[] High = [0.85, 0.87, 0.88, 0.86, 0.85, 0.88];

    [Fact]
    public void SixSeedsAllOneWay_AreDifferent()
    {
        PairVerdict verdict = Assert.Single(PairVerdicts.Of([FixedGroups.Of("high", High), FixedGroups.Of("low", Low)], FixedGroups.Column, null));
        Assert.Equal((6, 0.03125, 0.03125, true), (verdict.Pairs, verdict.PValue, verdict.AdjustedPValue, verdict.AreDifferent));
        Assert.Equal(High.Zip(Low, (a, b) => a - b).Average(), verdict.Difference, 1e-15);
        Assert.True(verdict.Low > 0 && verdict.High > verdict.Difference);
    }

    [Fact]
    public void FiveSeeds_AreTooFew_HoweverDifferent()
    {
        PairVerdict verdict = Assert.Single(PairVerdicts.Of([FixedGroups.Of("high", High[..5]), FixedGroups.Of("low", Low[..5])], FixedGroups.Column, null));
        Assert.False(verdict.AreDifferent);
        Assert.Equal(0.0625, verdict.PValue);
        Assert.Equal(6, verdict.SeedsNeeded);
        Assert.StartsWith("high and low cannot be told apart with 5 seeds: +5.", VerdictText.Of(verdict, FixedGroups.Column), StringComparison.Ordinal);
        Assert.EndsWith("it would take about 6", VerdictText.Of(verdict, FixedGroups.Column), StringComparison.Ordinal);
        Assert.Contains("5 seeds are too few", Assert.Single(BlindTests.Of([verdict])), StringComparison.Ordinal);
    }

    [Fact]
    public void ThreeGroups_AreCorrectedForThreePairs_AndWithABaselineForTwo()
    {
        ComparedGroup[] groups = [FixedGroups.Of("high", High), FixedGroups.Of("middle", [.. Low.Select(value => value + 0.001)]), FixedGroups.Of("low", Low)];
        IReadOnlyList<PairVerdict> all = PairVerdicts.Of(groups, FixedGroups.Column, null);
        Assert.Equal(["high-middle", "high-low", "middle-low"], all.Select(pair => $"{pair.First}-{pair.Second}"));
        Assert.All(all, pair => Assert.Equal((0.03125, 3 * 0.03125, false), (pair.PValue, pair.AdjustedPValue, pair.AreDifferent)));
        IReadOnlyList<PairVerdict> against = PairVerdicts.Of(groups, FixedGroups.Column, "low");
        Assert.Equal(["high-low", "middle-low"], against.Select(pair => $"{pair.First}-{pair.Second}"));
        Assert.All(against, pair => Assert.Equal(2 * 0.03125, pair.AdjustedPValue));
    }

    [Fact]
    public void OtherSeeds_AreComparedWithoutPairs()
    {
        ComparedGroup other = FixedGroups.Of("low", [2, 3, 4, 5, 6, 7], [.. Low.Select(value => (double?)value)]);
        PairVerdict verdict = Assert.Single(PairVerdicts.Of([FixedGroups.Of("high", High), other], FixedGroups.Column, null));
        Assert.Equal(0, verdict.Pairs);
        Assert.Equal(2.0 / 924, verdict.PValue);
        Assert.True(verdict.AreDifferent);
    }

    [Fact]
    public void TheSameNumbers_AreSaidToBeTheSame()
    {
        PairVerdict verdict = Assert.Single(PairVerdicts.Of([FixedGroups.Of("a", High), FixedGroups.Of("b", High)], FixedGroups.Column, null));
        Assert.Equal((0, 0, 0, 1, false), (verdict.Difference, verdict.Low!.Value, verdict.High!.Value, verdict.PValue!.Value, verdict.AreDifferent));
        Assert.Null(verdict.SeedsNeeded);
        Assert.Equal("a and b cannot be told apart: the same numbers with every seed", VerdictText.Of(verdict, FixedGroups.Column));
    }

    [Fact]
    public void ADifferenceWithoutSpread_IsDifferentWithSixSeeds() => Assert.True(Assert.Single(PairVerdicts.Of(
        [FixedGroups.Of("a", 2, 2, 2, 2, 2, 2), FixedGroups.Of("b", 1, 1, 1, 1, 1, 1)], FixedGroups.Column, null)).AreDifferent);

    [Fact]
    public void OneSeedOrAMissingFigure_IsNotTested()
    {
        ComparedGroup missing = FixedGroups.Of("missing", [1, 2, 3], [0.8, null, 0.9]);
        IReadOnlyList<PairVerdict> verdicts = PairVerdicts.Of(
            [FixedGroups.Of("a", 0.5), FixedGroups.Of("b", 0.6), missing, FixedGroups.Of("three", 0.7, 0.8, 0.9)], FixedGroups.Column, null);
        Assert.All(verdicts, pair => Assert.Null(pair.PValue));
        Assert.All(verdicts, pair => Assert.False(pair.AreDifferent));
        Assert.Contains("one seed says nothing", verdicts[0].Method, StringComparison.Ordinal);
        Assert.Contains("some runs have no such figure", verdicts[^1].Method, StringComparison.Ordinal);
    }

    [Fact]
    public void AGroupThatLostSeeds_IsNotTestedOnTheSurvivors()
    {
        ComparedGroup whole = FixedGroups.Of("high", High);
        RunEntry lost = FixedGroups.Run("high", 7, RunState.Diverged);
        ComparedGroup survivors = whole with { Group = whole.Group with { Runs = [.. whole.Group.Runs, lost] } };
        PairVerdict verdict = Assert.Single(PairVerdicts.Of([survivors, FixedGroups.Of("low", Low)], FixedGroups.Column, null));
        Assert.Equal(("not tested: 1 of 7 seeds diverged of high", null, false), (verdict.Method, verdict.PValue, verdict.AreDifferent));
    }

    [Fact]
    public void ManyGroupsOfManySeeds_CanStillBeToldApart()
    {
        // 46 groups are 1,035 pairs; 19,999 draws can show no p below 0.00005, which times 1,035 is above 5 %.
        ComparedGroup[] groups = [.. Enumerable.Range(0, 46).Select(place =>
            FixedGroups.Of($"g{place}", [.. Enumerable.Range(0, 25).Select(seed => place + 0.01 * (seed * (place + 3) % 7))]))];
        IReadOnlyList<PairVerdict> verdicts = PairVerdicts.Of(groups, FixedGroups.Column, null);
        Assert.Equal(1035, verdicts.Count);
        Assert.All(verdicts, pair => Assert.True(pair is { AreDifferent: true, IsBlind: false }, pair.Method));
    }

    [Fact]
    public void ThreeAgainstThreeWithoutPairs_IsBlind_AndMorePairsThanAreReadAreNotTested()
    {
        ComparedGroup other = FixedGroups.Of("low", [4, 5, 6], [0.1, 0.2, 0.3]);
        IReadOnlyList<PairVerdict> verdicts = PairVerdicts.Of([FixedGroups.Of("high", 0.7, 0.8, 0.9), other], FixedGroups.Column, null);
        Assert.True(Assert.Single(verdicts).IsBlind);
        Assert.Equal(0.1, verdicts[0].PValue!.Value, 1e-15);
        Assert.Equal("3 against 3 runs without common seeds are too few to tell anything apart at 5 %, however different: it takes 4 each", Assert.Single(BlindTests.Of(verdicts)));
        ComparedGroup[] many = [.. Enumerable.Range(0, 72).Select(place => FixedGroups.Of($"g{place}", place, place + 0.5))];
        Assert.Empty(PairVerdicts.Of(many, FixedGroups.Column, null));
        Assert.Equal(71, PairVerdicts.Of(many, FixedGroups.Column, "g3").Count);
        Assert.StartsWith("2556 pairs of 72 groups", PairVerdicts.TooMany(many, FixedGroups.Column, null), StringComparison.Ordinal);
        Assert.Null(PairVerdicts.TooMany(many[..71], FixedGroups.Column, null));
    }

    [Fact]
    public void GroupsWithoutFigures_AreInNoPair() => Assert.Empty(PairVerdicts.Of(
        [FixedGroups.Of("a", 0.5, 0.6), FixedGroups.Of("none", [1, 2], [null, null])], FixedGroups.Column, null));
}
