using System.Text.Json.Serialization;
using Trainer.Results;
using Trainer.Sweeps;

namespace Trainer.Terminal;

/// <summary>One JSON object a cell, a line each, for machines.</summary>
/// <param name="output">Where to.</param>
internal sealed class JsonSweepDisplay(TextWriter output) : ISweepDisplay
{
    /// <inheritdoc/>
    public void Show(Action work) => work();

    /// <inheritdoc/>
    public void Begin(IReadOnlyList<CellRun> cells)
    {
        foreach (CellRun cell in cells.Where(cell => cell.IsSkipped))
        {
            Ended(cell);
        }
    }

    /// <inheritdoc/>
    public void Ended(CellRun cell) => Write(cell, cell.Result);

    /// <inheritdoc/>
    public void Refresh()
    {
    }

    /// <summary>The line of one cell.</summary>
    public void Write(ICellRecord cell, CellResult result)
    {
        output.WriteLine(JsonText.Line(new CellLine(
            cell.Cell.Number, cell.Cell.Rung > 0 ? cell.Cell.Rung : null, result.State, cell.IsSkipped,
            cell.Cell.Experiment.Name, cell.Hash, cell.Cell.Experiment.Seed,
            cell.Cell.Varied.ToDictionary(setting => setting.Key, setting => setting.Text), cell.DataSet, cell.Folder.Path,
            result.Last, result.Best, result.Message)));
        output.Flush();
    }

    private sealed record CellLine(
        int Cell,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Rung,
        CellState State, bool Skipped, string Name, string Hash, ulong Seed, IReadOnlyDictionary<string, string> Varied, string DataSet,
        string Folder, MetricsRow? Last, MetricsRow? BestByValidation, string? Message);
}
