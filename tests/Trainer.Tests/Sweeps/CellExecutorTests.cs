using Trainer.Data;
using Trainer.Devices;
using Trainer.Results;
using Trainer.Sweeps;
using Trainer.Tests.Devices;

namespace Trainer.Tests.Sweeps;

/// <summary>Cells that start together.</summary>
public class CellExecutorTests
{
    private const string Text = "grid: {batch_size: [32, 64]}\nseeds: 1-4\n";

    [Fact]
    public async Task CellsOfOneBundle_EachWithAnEngineAndAThread_GiveTheNumbersOfCellsAlone()
    {
        using var trial = new SweepTrial();
        await trial.RunAsync(Text);
        SortedDictionary<string, string> alone = trial.Files("metrics.csv");
        string together = trial.Program.In("together");
        DataSet images = EmbeddedGarments.Draw(300, 100);
        CellRun[] cells = [.. trial.Cells(Text).Select(cell => new CellRun(cell, images, new DeviceChoice(DeviceName.Cpu, ""), together))];
        // Nothing can be done in the folder of one of them for now; the others do not wait for it.
        var folderLock = new RunLock(cells[1].Folder);
        var ended = new List<int>();
        var executor = new CellExecutor(
            new CellEngines(TrialGpus.None, (_, _) => 3, int.MaxValue), new CellSettings(["trainer"], Force: false, Retry: false, Cores: 2, Jobs: 8), () => { });
        executor.Execute(
            cells,
            cell =>
            {
                ended.Add(cell.Cell.Number);
                if (ended.Count == cells.Length - 1)
                {
                    folderLock.Dispose();
                }
            },
            CancellationToken.None);
        Assert.Equal(alone, trial.Files("metrics.csv", together));
        Assert.Equal(2, ended[^1]);
        Assert.Equal(Enumerable.Range(1, 8), ended.Order());
        Assert.All(cells, cell => Assert.Equal(CellState.Completed, cell.Result.State));
    }

    [Fact]
    public void CellsTogether_AreAlikeInShapeAndBatchSize()
    {
        using var trial = new SweepTrial();
        DataSet images = EmbeddedGarments.Draw(100, 10);
        CellRun[] cells = [.. trial.Cells(Text).Select(cell => new CellRun(cell, images, new DeviceChoice(DeviceName.Cpu, ""), "results"))];
        Assert.Equal([1, 2, 3], Together(3));
        Assert.Equal([1, 2, 3, 4], Together(8));
        Assert.Equal([1], Together(1));
        Assert.Equal([1, 2], Together(8, most: 2));

        IEnumerable<int> Together(int count, int most = int.MaxValue) =>
            new CellEngines(TrialGpus.None, (_, _) => count, most).Together(cells[0], cells[1..]).Select(cell => cell.Cell.Number);
    }

    [Fact]
    public void CellsTogether_AreThoseOfAsManyEpochsFirst()
    {
        using var trial = new SweepTrial();
        DataSet images = EmbeddedGarments.Draw(100, 10);
        CellRun[] cells = [.. trial.Cells("grid: {epochs: [1, 2], optimizer.lr: [0.1, 0.2]}\nseeds: 1-2\n")
            .Select(cell => new CellRun(cell, images, new DeviceChoice(DeviceName.Cpu, ""), "results")).OrderBy(cell => cell.Experiment.Seed)];
        CellRun[] together = [.. new CellEngines(TrialGpus.None, (_, _) => 6, int.MaxValue).Together(cells[0], cells[1..])];
        Assert.Equal([1, 1, 1, 1, 2, 2], together.Select(cell => cell.Experiment.Epochs));
        Assert.Equal(cells.Take(4).Where(cell => cell.Experiment.Epochs == 2), together[4..]);
    }
}
