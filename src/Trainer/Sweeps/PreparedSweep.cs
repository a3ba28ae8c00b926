using Trainer.Data;
using Trainer.Devices;
using Trainer.Failures;
using Trainer.Sessions;

namespace Trainer.Sweeps;

/// <summary>The cells of a sweep on their images, checked as far as they can be before the first one begins: what would fail later would be
/// found in the middle of the night.</summary>
/// <param name="file">The sweep.</param>
/// <param name="rungs">The cells of each rung of a halving; of one rung where nothing is halved.</param>
/// <param name="results">Folder of all results.</param>
internal sealed class PreparedSweep(SweepFile file, IReadOnlyList<IReadOnlyList<SweepCell>> rungs, string results)
{
    /// <summary>A device that nobody has been asked for: for cells that are listed, or run elsewhere.</summary>
    public static DeviceChoice Nowhere { get; } = new(DeviceName.Cpu, "");

    /// <summary>The data sources of the cells, 'auto' last: where the files of another are there, it means them.</summary>
    public IReadOnlyList<DataSource> Sources { get; } =
        [.. rungs[0].Select(cell => cell.Experiment.Data.Source).Distinct().OrderBy(source => source == DataSource.Auto)];

    /// <summary>Brings the images, fetched once for all cells.</summary>
    /// <param name="data">Where they come from.</param>
    /// <param name="dataOption">The value of <c>--data</c>.</param>
    /// <param name="device">Where a cell runs.</param>
    /// <param name="cancellation">Ends a download.</param>
    /// <returns>The cells of each rung.</returns>
    /// <exception cref="TrainerException">Images are missing, or a cell does not fit them or itself.</exception>
    public async Task<CellRun[][]> LoadAsync(
        DataProvider data, string? dataOption, Func<SweepCell, DeviceChoice> device, CancellationToken cancellation)
    {
        var images = new Dictionary<DataSource, DataSet>();
        foreach (DataSource source in Sources)
        {
            images[source] = source == DataSource.Auto && images.TryGetValue(DataSource.FashionMnist, out DataSet? loaded)
                ? loaded
                : await data.LoadAsync(source, dataOption, cancellation);
        }
        CellRun[][] runs =
            [.. rungs.Select(cells => cells.Select(cell => new CellRun(cell, images[cell.Experiment.Data.Source], device(cell), results)).ToArray())];
        Array.ForEach(runs, Check);
        return runs;
    }

    private void Check(CellRun[] cells)
    {
        SweepPlanner.CheckTwins(file.Path, cells.Select(cell => cell.Cell));
        foreach (CellRun cell in cells.DistinctBy(cell => (cell.Experiment.Name, cell.Hash)))
        {
            PreparedRun.SetupOf($"{file.Path}: {cell.Cell}", cell.Experiment, cell.Images);
        }
    }
}
