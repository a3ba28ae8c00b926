using Trainer.Data;
using Trainer.Devices;
using Trainer.Results;
using Trainer.Sweeps;
using Trainer.Tests.Commands;
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

    [Fact]
    public void Best_AreThoseOfTheLargestMeanOverSeeds_TheFirstOfEquals_AndNoneThatIsNotComplete()
    {
        using var trial = new SweepTrial();
        var halving = new Halving(Place.FileStart("s.yaml"), [1, 2]);
        DataSet images = EmbeddedGarments.Draw(30, 10);
        CellRun[] cells = [.. trial.Cells("set: {data.validation: 5}\ngrid: {batch_size: [1, 2, 3, 4, 5, 6]}\nseeds: 1-2\n")
            .Select(cell => new CellRun(cell, images, new DeviceChoice(DeviceName.Cpu, ""), "results"))];
        double?[] accuracies = [0.5, 0.7, 0.9, null, 0.6, 0.6, 0.7, 0.5, 0.1, 0.95, 0.2, 0.3];
        foreach ((CellRun cell, double? accuracy) in cells.Zip(accuracies))
        {
            cell.Result = accuracy is null
                ? new CellResult(CellState.Diverged)
                : new CellResult(CellState.Completed, new MetricsRow { Epoch = 1, Step = 1, ValAccuracy = accuracy });
        }
        // Means 0.6, none, 0.6, 0.6, 0.525, 0.25: of six groups three go on.
        Assert.Equal([0, 2, 3], halving.Best(cells, 0).Order());
        Assert.Empty(halving.Best(cells[2..4], 0));
    }

    [Fact]
    public async Task Halving_OfWhichAllGoOn_SaysWhy()
    {
        using var trial = new SweepTrial();
        ProgramOutcome outcome = await trial.RunAsync("set: {data.validation: 60}\ngrid: {batch_size: [32, 64]}\nhalving: {rungs: [2, 3]}\n");
        Assert.Contains("note: all 2 settings go on from 2 to 3 epochs: 2/3 of them, rounded up;", outcome.Output);
        Assert.Contains(" after 3 epochs, 1 seed\n", outcome.Output);
    }
}
