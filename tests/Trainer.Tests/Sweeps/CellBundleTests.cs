using Trainer.Data;
using Trainer.Devices;
using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Engines.Gpu;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Sweeps;
using Trainer.Tests.Devices;
using Trainer.Tests.Engines.Joint;

namespace Trainer.Tests.Sweeps;

/// <summary>Cells that a GPU trains side by side. What computes here is the processor.</summary>
public class CellBundleTests
{
    // Long enough for the busiest machine; only a test that fails waits for it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly DeviceChoice Card = new("cuda:0", "", new GpuDevice(GpuApi.Cuda, TrialGpus.H100()));
    private static readonly DeviceChoice Processor = new(DeviceName.Cpu, "");
    private static readonly DataSet Images = EmbeddedGarments.Draw(300, 100);

    [Theory]
    [InlineData(2, "8 4 2 2 2 2")]
    [InlineData(3, "8 4 2 2 2 2")]
    [InlineData(1, "8 4 2 1 1 1 1 1 1 1 1")]
    public async Task BundleThatFindsTooLittleMemory_GoesOnInParts_WithTheSameNumbers(int room, string asked)
    {
        using var trial = new SweepTrial();
        await trial.RunAsync("seeds: 1-8\n");
        SortedDictionary<string, string> alone = trial.Files("metrics.csv");
        var counts = new List<int>();
        CellRun[] cells = Execute(trial, "seeds: 1-8\n", counts, room);
        Assert.All(cells, cell => Assert.Equal(CellState.Completed, cell.Result.State));
        Assert.Equal(alone, trial.Files("metrics.csv", trial.Program.In("card")));
        Assert.Equal(asked, string.Join(' ', counts));
    }

    [Fact]
    public void DeviceThatCannotBeUsed_FailsTheCells_IsNotAskedForEachOfThem_AndLeavesNoFolder()
    {
        using var trial = new SweepTrial();
        var counts = new List<int>();
        CellRun[] cells = Execute(trial, "seeds: 1-8\n", counts, room: 0);
        Assert.All(cells, cell => Assert.Equal((CellState.Failed, true), (cell.Result.State, cell.Result.Message!.StartsWith("too little memory", StringComparison.Ordinal))));
        Assert.Equal([8, 4, 2, 1], counts);
        Assert.All(cells, cell => Assert.False(Directory.Exists(cell.Folder.Path)));
    }

    [Fact]
    public void CellThatHasEnded_IsTold_AndItsFolderIsFree_WhileItsNeighbourAndOtherDevicesAreAtWork()
    {
        using var trial = new SweepTrial();
        using var others = new CountdownEvent(3);
        // The first on the card does nothing until its neighbour there and both on the processor are told to have ended.
        var devices = new DeviceAccess(_ => [], (setup, _, _) => CpuEngine.Create(setup, 1), (setups, _, _) => [.. setups.Select((setup, k) => k > 0
            ? CpuEngine.Create(setup, 1)
            : (IEngine)new IntrudedEngine(CpuEngine.Create(setup, 1), _ => Assert.True(others.Wait(Patience))))]);
        CellRun[] cells = [.. trial.Cells("seeds: 1-4\n").Select(
            (cell, k) => new CellRun(cell, Images, k < 2 ? Card : Processor, trial.Program.Results))];
        var ended = new List<int>();
        var executor = new CellExecutor(new CellEngines(devices, (device, _) => device.Gpu is null ? 1 : 2, int.MaxValue), Settings(jobs: 2), () => { });
        executor.Execute(
            cells,
            cell =>
            {
                RunLock? free = RunLock.TryTake(cell.Folder);
                Assert.NotNull(free);
                free.Dispose();
                ended.Add(cell.Cell.Number);
                _ = ended.Count <= 3 && others.Signal();
            },
            CancellationToken.None);
        Assert.Equal(1, ended[^1]);
        Assert.All(cells, cell => Assert.Equal((CellState.Completed, null), (cell.Result.State, cell.Result.Message)));
    }

    [Fact]
    public void CellWhoseFolderIsTaken_StaysOpen_WhenAllAreAskedToEnd()
    {
        using var trial = new SweepTrial();
        using var source = new CancellationTokenSource();
        CellRun[] cells = [.. trial.Cells("seeds: 1-2\n").Select(cell => new CellRun(cell, Images, Processor, trial.Program.Results))];
        using var folderLock = new RunLock(cells[0].Folder);
        new CellExecutor(new CellEngines(TrialGpus.None), Settings(jobs: 2), () => { }).Execute(cells, _ => source.Cancel(), source.Token);
        Assert.Equal([(CellState.Busy, true), (CellState.Completed, false)], cells.Select(cell => (cell.Result.State, cell.Result.IsOpen)));
    }

    private static CellRun[] Execute(SweepTrial trial, string text, List<int> counts, int room)
    {
        var devices = new DeviceAccess(_ => [], (setup, _, _) => CpuEngine.Create(setup, 1), (setups, _, _) =>
        {
            counts.Add(setups.Count);
            return setups.Count > room
                ? throw new DeviceException("too little memory")
                : [.. setups.Select(setup => CpuEngine.Create(setup, 1))];
        });
        CellRun[] cells = [.. trial.Cells(text).Select(cell => new CellRun(cell, Images, Card, trial.Program.In("card")))];
        new CellExecutor(new CellEngines(devices, (_, _) => 8, int.MaxValue), Settings(jobs: 8), () => { }).Execute(cells, _ => { }, CancellationToken.None);
        return cells;
    }

    private static CellSettings Settings(int jobs) => new(["trainer"], Force: false, Retry: false, Cores: 2, jobs);
}
