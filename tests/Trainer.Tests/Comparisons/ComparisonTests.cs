using Trainer.Catalogs;
using Trainer.Comparisons;
using Trainer.Failures;
using Trainer.Optimizers;
using Trainer.Results;
using Trainer.Runs;

namespace Trainer.Tests.Comparisons;

public sealed class ComparisonTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RecordedRuns _runs;

    public ComparisonTests() => _runs = new RecordedRuns(_folder["results"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Groups_AreBestFirst_WithMeanAndSpreadOfTheirSeeds()
    {
        _runs.AddSeeds(FixedGroups.Config("low"), 0.80, 0.82, 0.84);
        _runs.AddSeeds(FixedGroups.Config("high"), 0.88, 0.88, 0.88);
        Comparison comparison = Compare();
        Assert.Equal(["high", "low"], comparison.Groups.Select(group => group.Label));
        Spread low = comparison.Groups[1].Spreads[RunColumns.TestAccuracy]!;
        Assert.Equal((3, 0.80, 0.84), (low.Count, low.Least, low.Most));
        Assert.Equal(0.82, low.Mean, 1e-15);
        Assert.Equal(0.02, low.StandardDeviation!.Value, 1e-15);
        Assert.Equal(0, comparison.Groups[0].Spreads[RunColumns.TestAccuracy]!.StandardDeviation);
        Assert.Equal([0.80, 0.82, 0.84], comparison.Groups[1].Values[RunColumns.TestAccuracy]);
        Assert.Equal(["low", "high"], Compare(new ComparisonOptions { Metric = "gap", Baseline = "low" }).Groups.OrderBy(group => group.Label == "high").Select(group => group.Label));
        Assert.Equal("high", Compare(new ComparisonOptions { Metric = "test_loss" }).Groups[0].Label);
    }

    [Fact]
    public void Columns_AreWhatTheRowsSay()
    {
        _runs.Add(FixedGroups.Config("one"), [0.1, 0.5, 0.7, 0.8, 0.9, 0.85]);
        ComparedGroup group = Assert.Single(Compare(new ComparisonOptions { Target = 0.8 }).Groups);
        Assert.Equal(0.85, group.Values["test_accuracy"][0]);
        Assert.Equal(3, group.Values["epochs_to_target"][0]);
        // (0.5 / 2 + 0.7 + 0.8 + 0.9 + 0.85 / 2) / 4
        Assert.Equal(0.76875, group.Values["area"][0]!.Value, 1e-15);
        Assert.Equal(0.01, group.Values["gap"][0]!.Value, 1e-15);
        Assert.Equal(2.5, group.Values["seconds"][0]);
        Assert.Equal(784 * 8 + 8 + 8 * 10 + 10, group.Values["parameters"][0]);
        Assert.Null(group.Values["best_test_accuracy"][0]);
    }

    [Fact]
    public void BestEpoch_IsChosenByValidation_NeverByTest()
    {
        MetricsRow[] rows =
        [
            new() { Epoch = 1, Step = 1, ValLoss = 0.5, ValAccuracy = 0.80, TestLoss = 0.5, TestAccuracy = 0.95 },
            new() { Epoch = 2, Step = 2, ValLoss = 0.4, ValAccuracy = 0.90, TestLoss = 0.6, TestAccuracy = 0.70 },
        ];
        RunFolder folder = _runs.Add(FixedGroups.Config("one"), [0.1, 0.2, 0.3]);
        CsvFile.Write(folder.Metrics, rows);
        ComparedGroup group = Assert.Single(Compare().Groups);
        Assert.Equal((2, 0.90, 0.70), (group.Values["best_epoch"][0], group.Values["best_val_accuracy"][0], group.Values["best_test_accuracy"][0]));
    }

    [Fact]
    public void ATargetThatSomeSeedsMiss_IsCountedOverTheOthers()
    {
        _runs.AddSeeds(FixedGroups.Config("relu"), 0.80, 0.86, 0.88);
        var options = new ComparisonOptions { Target = 0.85, Metric = "epochs_to_target" };
        Comparison comparison = Compare(options);
        Assert.Equal(2, comparison.Groups[0].Spreads["epochs_to_target"]!.Count);
        Assert.Equal("4.50 ± 0.71 (2 of 3)", SpreadText.Of(comparison.Groups[0], comparison.Metric));
        Assert.Equal("0 of 3", SpreadText.Of(Compare(options with { Target = 0.99 }).Groups[0], comparison.Metric));
    }

    [Fact]
    public void ADivergedRun_IsToldAndNotCounted()
    {
        _runs.AddSeeds(FixedGroups.Config("relu"), 0.80);
        _runs.Add(FixedGroups.Config("relu") with { Seed = 2 }, [0.1, 0.2], RunState.Diverged);
        _runs.Add(FixedGroups.Config("relu") with { Seed = 3 }, [0.1, double.NaN], RunState.Diverged);
        Comparison comparison = Compare();
        Assert.Equal(1, comparison.Groups[0].Spreads[RunColumns.TestAccuracy]!.Count);
        Assert.Contains("relu: 2 of 3 seeds diverged; figures are of the 1 that completed", comparison.Warnings);
    }

    [Fact]
    public void AGroupWithoutACompleteRun_IsShownWithoutFigures_ButWithItsCurves()
    {
        _runs.AddSeeds(FixedGroups.Config("relu"), 0.80, 0.81, 0.82);
        _runs.Add(FixedGroups.Config("wild", lr: 100), [0.1, 0.2], RunState.Diverged);
        Comparison comparison = Compare();
        Assert.Equal(["relu", "wild"], comparison.Groups.Select(group => group.Label));
        Assert.Null(comparison.Groups[1].Spreads[RunColumns.TestAccuracy]);
        Assert.Empty(comparison.Pairs);
        Assert.Contains(comparison.Curves, curve => curve is { Label: "wild", Column: "test_accuracy", Epochs.Count: 2 });
        Assert.Contains("wild: 1 of 1 seed diverged; it has no figures", comparison.Warnings);
    }

    [Fact]
    public void Curves_AreMeanAndSpreadByEpoch()
    {
        _runs.Add(FixedGroups.Config("relu"), [0.1, 0.5, 0.7]);
        _runs.Add(FixedGroups.Config("relu") with { Seed = 2 }, [0.1, 0.6]);
        GroupCurve curve = Compare().Curves.Single(curve => curve.Column == "test_accuracy");
        Assert.Equal([0, 1, 2], curve.Epochs);
        Assert.Equal([0.1, 0.55, 0.7], curve.Mean);
        Assert.Equal(0, curve.StandardDeviation[0]);
        Assert.Equal(Math.Sqrt(0.005), curve.StandardDeviation[1], 1e-15);
        Assert.True(double.IsNaN(curve.StandardDeviation[2]) && double.IsNaN(curve.Runs[1][2]));
        Assert.Equal([1, 2], curve.Seeds.Select(seed => (int)seed));
    }

    [Fact]
    public void WhatIsNotAlike_IsTold()
    {
        _runs.AddSeeds(FixedGroups.Config("relu"), 0.80, 0.81, 0.82);
        _runs.Add(FixedGroups.Config("longer") with { Epochs = 10, BatchSize = 32, EarlyStopping = new EarlyStopping(), Data = new() { Validation = 100 } }, [0.1, 0.5], data: "embedded-garments");
        IReadOnlyList<string> warnings = Compare().Warnings;
        Assert.StartsWith("data sets differ: fashion-mnist (relu), embedded-garments (longer)", warnings[0], StringComparison.Ordinal);
        string[] beginnings = ["epochs differ: 5 (relu), 10 (longer)", "batch sizes differ", "validation splits differ", "early stopping in longer", "fewer than 3 seeds in longer", "seeds differ: 1-3 (relu), 1 (longer)"];
        Assert.All(beginnings, beginning => Assert.Contains(warnings, warning => warning.StartsWith(beginning, StringComparison.Ordinal)));
    }

    [Fact]
    public void WhatIsAlike_IsNot()
    {
        _runs.AddSeeds(FixedGroups.Config("relu"), 0.80, 0.81, 0.82, 0.83, 0.84, 0.85);
        _runs.AddSeeds(FixedGroups.Config("other", lr: 0.2), 0.80, 0.81, 0.82, 0.83, 0.84, 0.86);
        Assert.Empty(Compare().Warnings);
    }

    [Fact]
    public void UnequalTrials_OfOptimizers_AreTold()
    {
        _runs.AddSeeds(FixedGroups.Config("a", 0.1), 0.8);
        _runs.AddSeeds(FixedGroups.Config("b", 0.2), 0.8);
        _runs.AddSeeds(FixedGroups.Config("c") with { Optimizer = new Adam { Lr = 0.001 } }, 0.8);
        Assert.Contains(Compare().Warnings, warning => warning.StartsWith("unequal numbers of configurations tried: sgd 2, adam 1", StringComparison.Ordinal));
    }

    [Fact]
    public void AMetricThatNoRunHas_IsTold()
    {
        _runs.AddSeeds(FixedGroups.Config("relu"), 0.80, 0.81, 0.82);
        Comparison comparison = Compare(new ComparisonOptions { Metric = "best_test_accuracy" });
        Assert.Empty(comparison.Pairs);
        Assert.EndsWith("it takes a validation split, data.validation", comparison.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void RungsOfAHalving_AreNotMoreTrials_AndAreTold()
    {
        _runs.AddSeeds(FixedGroups.Config("a", 0.1), 0.8);
        _runs.AddSeeds(FixedGroups.Config("a", 0.1) with { Epochs = 10 }, 0.85);
        _runs.AddSeeds(FixedGroups.Config("c") with { Optimizer = new Adam { Lr = 0.001 } }, 0.8);
        IReadOnlyList<string> warnings = Compare().Warnings;
        Assert.DoesNotContain(warnings, warning => warning.StartsWith("unequal numbers", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.StartsWith("1 of 3 groups are others with another number of epochs", StringComparison.Ordinal));
    }

    [Fact]
    public void OneSeedWithTwoResults_IsTold()
    {
        _runs.Add(FixedGroups.Config("relu"), [0.1, 0.5]);
        _runs.Add(FixedGroups.Config("relu"), [0.1, 0.6, 0.7], folder: "copy/of-it");
        Comparison comparison = Compare();
        Assert.Single(comparison.Groups[0].Counted);
        Assert.Contains(comparison.Warnings, warning => warning.Contains("with different weights", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tets_loss", "did you mean 'test_loss'?")]
    [InlineData("epochs_to_target", "--target")]
    public void AnUnknownMetric_IsRefused(string metric, string hint)
    {
        _runs.AddSeeds(FixedGroups.Config("relu"), 0.8);
        ConfigException failure = Assert.Throws<ConfigException>(() => Compare(new ComparisonOptions { Metric = metric }));
        Assert.Contains(hint, failure.Message, StringComparison.Ordinal);
    }

    private Comparison Compare(ComparisonOptions? options = null) =>
        Comparison.Of(RunCatalog.Read([_runs.Root], _runs.Root, withRows: true), options);
}
