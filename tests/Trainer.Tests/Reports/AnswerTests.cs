using Trainer.Catalogs;
using Trainer.Comparisons;
using Trainer.Reports;
using Trainer.Results;
using Trainer.Tests.Commands;
using Trainer.Tests.Comparisons;

namespace Trainer.Tests.Reports;

/// <summary>The answer in words says what the figures say, and no more.</summary>
public class AnswerTests
{
    [Fact]
    public async Task AnAnswer_NamesTheBest_AndWhatItCanAndCannotBeToldApartFrom()
    {
        Comparison comparison = await Compared(
            new PairVerdict("best", "near", 3, 0.005, -0.01, 0.02, 0.4, 0.4, false, 25, "a test"),
            new PairVerdict("far", "best", 3, -0.1, -0.11, -0.09, 0.001, 0.003, true, 3, "a test"));
        string[] sentences = [.. AnswerSection.Sentences(comparison)];
        Assert.Equal(3, sentences.Length);
        Assert.StartsWith("By mean, best has the best test accuracy: 90.0\u00A0±\u00A01.0\u00A0% (mean ± standard deviation) over 3 seeds, before near with 89.5\u00A0±\u00A01.0\u00A0%.", sentences[0], StringComparison.Ordinal);
        Assert.Equal("It can be told apart from far (+10.00\u00A0points).", sentences[1]);
        Assert.StartsWith("It cannot be told apart from near (+0.50\u00A0points): ", sentences[2], StringComparison.Ordinal);
        Assert.EndsWith("about 25 seeds each.", sentences[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatWasNotTested_IsNoResultOfATest()
    {
        Comparison comparison = await Compared(
            new PairVerdict("best", "near", 0, 0.005, null, null, null, null, false, null, "not tested: one seed says nothing about the spread"),
            new PairVerdict("best", "far", 3, 0.1, 0.09, 0.11, 0.001, 0.003, true, 3, "a test"));
        string[] sentences = [.. AnswerSection.Sentences(comparison)];
        Assert.Equal("It is not known whether it can be told apart from near: not tested: one seed says nothing about the spread.", sentences[^1]);
        Assert.DoesNotContain(sentences, sentence => sentence.Contains("cannot be told apart", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheBestOfSurvivors_IsSaidToBeThat_InTheSameSentence()
    {
        Comparison comparison = await Compared(new PairVerdict("near", "far", 3, 0.095, 0.09, 0.11, 0.001, 0.003, true, 3, "a test"));
        ComparedGroup best = comparison.Groups[0];
        RunEntry lost = FixedGroups.Run("best", 9, RunState.Diverged);
        comparison = comparison with { Groups = [best with { Group = best.Group with { Runs = [.. best.Group.Runs, lost] } }, .. comparison.Groups.Skip(1)] };
        string[] sentences = [.. AnswerSection.Sentences(comparison)];
        Assert.Contains("1 of 2 seeds diverged and are left out", sentences[0], StringComparison.Ordinal);
        Assert.StartsWith("Of those of which every run completed, near has the best: ", sentences[1], StringComparison.Ordinal);
        Assert.Equal("It can be told apart from far (+9.50\u00A0points).", sentences[2]);
    }

    [Fact]
    public async Task WithoutAFigure_TheAnswerSaysSo()
    {
        Comparison comparison = await Compared();
        Comparison empty = comparison with
        {
            Groups = [.. comparison.Groups.Select(group => group with { Spreads = new Dictionary<string, Spread?> { [comparison.Metric.Key] = null } })],
        };
        Assert.Equal(["None of these runs has a test accuracy yet: no run is complete."], AnswerSection.Sentences(empty));
    }

    private static async Task<Comparison> Compared(params PairVerdict[] pairs)
    {
        using var trial = new ProgramTrial();
        Assert.Equal(0, (await trial.TrainAsync(trial.SmallConfig("data: {source: embedded}"), "--epochs", "1")).Status);
        RunGroup group = RunCatalog.Read([trial.Results], trial.Results, withRows: true).Groups()[0];
        var metric = new ComparedColumn("test_accuracy", "test accuracy", true, true, run => run.Rows[^1].TestAccuracy);
        return new Comparison
        {
            Metric = metric,
            Columns = [metric],
            Groups = [Group(group, "best", 0.9), Group(group, "near", 0.895), Group(group, "far", 0.8)],
            Pairs = pairs,
            Warnings = [],
            Problems = [],
            Curves = [],
        };

        ComparedGroup Group(RunGroup like, string label, double mean) => new(
            like with { Label = label }, like.Runs,
            new Dictionary<string, IReadOnlyList<double?>> { [metric.Key] = [mean] },
            new Dictionary<string, Spread?> { [metric.Key] = new Spread(3, mean, 0.01, mean - 0.01, mean + 0.01) });
    }
}
