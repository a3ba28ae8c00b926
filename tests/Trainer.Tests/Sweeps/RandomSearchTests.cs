using System.Globalization;
using Trainer.Randomness;
using Trainer.Sweeps;

namespace Trainer.Tests.Sweeps;

/// <summary>What a random search draws.</summary>
public class RandomSearchTests
{
    private const string Search = "random: {samples: 40, seed: 7, keys: {optimizer.lr: {log_uniform: [1.0e-4, 1]}, "
        + "model.dropout: {uniform: [0, 0.5]}, batch_size: {uniform: [8, 11]}, model.hidden: {choice: [[8], [16, 8]]}}}\n";

    [Fact]
    public void Samples_LieWithinTheEnds_WithFourDigits_AndWholeWhereTheKeyIs()
    {
        using var trial = new SweepTrial();
        IReadOnlyList<SweepCell> cells = trial.Cells(Search);
        Assert.Equal(40, cells.Count);
        Assert.All(cells, cell => Assert.InRange(cell.Experiment.Optimizer.ForEngine().Lr, 1e-4, 1));
        Assert.All(cells, cell => Assert.InRange(cell.Experiment.Model.Dropout, 0, 0.5));
        Assert.All(cells, cell => Assert.InRange(cell.Varied[0].Text.Split('e')[0].Replace(".", "").TrimStart('0').Length, 1, 4));
        Assert.Equal([8, 9, 10, 11], cells.Select(cell => cell.Experiment.BatchSize).Distinct().Order());
        Assert.Equal(["[16, 8]", "[8]"], cells.Select(cell => cell.Varied[3].Text).Distinct().Order(StringComparer.Ordinal));
        // Every decade of four alike: below 1e-2 lies about half.
        Assert.InRange(cells.Count(cell => cell.Experiment.Optimizer.ForEngine().Lr < 1e-2), 10, 30);
    }

    [Fact]
    public void Samples_AreThoseOfTheStream_WhateverElseIsDrawn()
    {
        using var trial = new SweepTrial();
        string[] all = Text(trial.Cells(Search), 0);
        Assert.Equal(all, Text(trial.Cells(Search), 0));
        Assert.Equal(all[..10], Text(trial.Cells(Search.Replace("40", "10")), 0));
        string[] alone = Text(trial.Cells("random: {samples: 40, seed: 7, keys: {optimizer.lr: {log_uniform: [1.0e-4, 1]}}}\n"), 0);
        Assert.Equal(all, alone);
        Assert.NotEqual(all, Text(trial.Cells(Search.Replace("seed: 7", "seed: 8")), 0));
        // By hand: 10^(4u - 4), rounded to four digits.
        double u = new Philox(7, RandomStream.Sweep, 0).OpenUniform(0);
        Assert.Equal(Math.Pow(10, 4 * u - 4), double.Parse(all[0], CultureInfo.InvariantCulture), 0.0005 * Math.Pow(10, 4 * u - 4));
    }

    [Fact]
    public void ADrawThatRepeatsASample_IsPassedOver()
    {
        using var trial = new SweepTrial();
        IReadOnlyList<SweepCell> cells = trial.Cells("random: {samples: 4, keys: {batch_size: {choice: [8, 16, 32, 64]}}}\n");
        Assert.Equal([8, 16, 32, 64], cells.Select(cell => cell.Experiment.BatchSize).Order());
    }

    private static string[] Text(IReadOnlyList<SweepCell> cells, int key) => [.. cells.Select(cell => cell.Varied[key].Text)];
}
