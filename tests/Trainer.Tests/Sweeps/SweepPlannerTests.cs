using System.Globalization;
using Trainer.Optimizers;
using Trainer.Sweeps;

namespace Trainer.Tests.Sweeps;

/// <summary>Which cells a sweep file makes.</summary>
public class SweepPlannerTests
{
    [Fact]
    public void Grid_IsEveryValueWithEveryOther_TheFirstKeySlowest()
    {
        using var trial = new SweepTrial();
        IReadOnlyList<SweepCell> cells = trial.Cells("grid: {optimizer.lr: [0.01, 0.1], batch_size: [32, 64]}\n");
        Assert.Equal(["0.01 32", "0.01 64", "0.1 32", "0.1 64"], cells.Select(cell => $"{Lr(cell)} {cell.Experiment.BatchSize}"));
        Assert.Equal([1, 2, 3, 4], cells.Select(cell => cell.Number));
        Assert.Equal("optimizer.lr 0.01, batch_size 64", string.Join(", ", cells[1].Varied));
    }

    [Fact]
    public void Zip_TakesValuesTogether_AndEachWithEveryCellOfTheGrid()
    {
        using var trial = new SweepTrial();
        IReadOnlyList<SweepCell> cells = trial.Cells("grid: {batch_size: [32, 64]}\nzip: {model.hidden: [[8], []], epochs: [3, 5]}\n");
        Assert.Equal(
            ["32 8 3", "32  5", "64 8 3", "64  5"],
            cells.Select(cell => $"{cell.Experiment.BatchSize} {string.Join('-', cell.Experiment.Model.Hidden)} {cell.Experiment.Epochs}"));
    }

    [Theory]
    [InlineData("seeds: 3", "3")]
    [InlineData("seeds: 2-4", "2 3 4")]
    [InlineData("seeds: [7, 1]", "7 1")]
    [InlineData("seeds: \"1-2,9\"", "1 2 9")]
    [InlineData("seeds: [1-2, 9]", "1 2 9")]
    [InlineData("seeds: 18446744073709551614-18446744073709551615", "18446744073709551614 18446744073709551615")]
    [InlineData("set: {epochs: 1}", "1")]
    public void Seeds_AreRead_InEveryForm(string text, string seeds)
    {
        using var trial = new SweepTrial();
        Assert.Equal(seeds, string.Join(' ', trial.Cells(text + "\n").Select(cell => cell.Experiment.Seed)));
    }

    [Fact]
    public void CellsThatDifferInTheSeedAlone_AreAGroup()
    {
        using var trial = new SweepTrial();
        IReadOnlyList<SweepCell> cells = trial.Cells("grid: {batch_size: [32, 64]}\nseeds: 1-2\n");
        Assert.Equal([0, 0, 1, 1], cells.Select(cell => cell.Group));
    }

    [Fact]
    public void Configs_AreTakenInOrder_AndSetReachesAll()
    {
        using var trial = new SweepTrial();
        trial.Program.Config(SweepTrial.Base.Replace("trial", "other"), "other.yaml");
        SweepFile file = SweepReader.Read(trial.Write("set: {batch_size: 8, optimizer: {name: adam, lr: 0.01}}\n", "name: s\nconfigs: [base.yaml, other.yaml]\n"));
        IReadOnlyList<SweepCell> cells = new SweepPlanner(file, ["epochs=7"], experiment => experiment).Rungs()[0];
        Assert.Equal(["trial", "other"], cells.Select(cell => cell.Experiment.Name));
        Assert.All(cells, cell => Assert.Equal((8, 7, typeof(Adam)), (cell.Experiment.BatchSize, cell.Experiment.Epochs, cell.Experiment.Optimizer.GetType())));
    }

    [Fact]
    public void AKeyOfAKindThatIsVariedBefore_IsPutIntoIt()
    {
        using var trial = new SweepTrial();
        IReadOnlyList<SweepCell> cells = trial.Cells("grid:\n  optimizer: [adam, {name: sgd, lr: 1, momentum: 0.9}]\n  optimizer.lr: [0.01, 0.1]\n");
        Assert.Equal(["Adam 0.01", "Adam 0.1", "Sgd 0.01", "Sgd 0.1"], cells.Select(cell => $"{cell.Experiment.Optimizer.GetType().Name} {Lr(cell)}"));
    }

    [Fact]
    public void Halving_HasTheSameCellsInEveryRung_WithTheEpochsOfThatRung()
    {
        using var trial = new SweepTrial();
        IReadOnlyList<IReadOnlyList<SweepCell>> rungs = trial.Rungs("set: {data.validation: 50}\ngrid: {batch_size: [32, 64]}\nhalving: {rungs: [1, 3]}\n");
        Assert.Equal(["1 1 1", "1 2 1", "2 1 3", "2 2 3"], rungs.SelectMany(cells => cells.Select(
            cell => $"{cell.Rung} {cell.Number} {cell.Experiment.Epochs}")));
    }

    [Fact]
    public void Override_OfTheCommandLine_IsForEveryCell()
    {
        using var trial = new SweepTrial();
        Assert.All(
            trial.Cells("set: {epochs: 3}\ngrid: {batch_size: [32, 64]}\n", "epochs=4", "optimizer.momentum=0.5"),
            cell => Assert.Equal((4, 0.5), (cell.Experiment.Epochs, Assert.IsType<Sgd>(cell.Experiment.Optimizer).Momentum)));
    }

    private static string Lr(SweepCell cell) => cell.Experiment.Optimizer.ForEngine().Lr.ToString(CultureInfo.InvariantCulture);
}
