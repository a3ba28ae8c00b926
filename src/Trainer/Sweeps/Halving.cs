using Trainer.Yaml;

namespace Trainer.Sweeps;

/// <summary>
/// Successive halving (Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization", 2016):
/// all settings are trained for a few epochs, and the better of them again, for more. Each rung has runs of its own from the first
/// epoch on, so that a number of a later rung is what its configuration alone gives.
/// </summary>
/// <param name="Place">Where it is written.</param>
/// <param name="Rungs">The epochs of each rung, rising.</param>
internal sealed record Halving(Place Place, IReadOnlyList<int> Rungs)
{
    /// <summary>How many of <paramref name="groups"/> go on after a rung: the share that keeps the work of a rung the same,
    /// epochs before to epochs after, rounded up, at least one.</summary>
    public int Survivors(int groups, int rung) =>
        (int)Math.Max(1, ((long)groups * Rungs[rung] + Rungs[rung + 1] - 1) / Rungs[rung + 1]);

    /// <summary>The groups that go on after a rung, in the order of their cells.</summary>
    /// <param name="cells">All cells of the rung.</param>
    /// <param name="rung">Its number, from 0.</param>
    /// <remarks>Compared is the mean over seeds of the accuracy on the validation split after the last epoch; of two that are equal
    /// the one whose cells come first goes on. A group with a cell that is not complete drops out.</remarks>
    public IReadOnlySet<int> Best(IReadOnlyList<CellRun> cells, int rung) => Ranked(cells)
        .Take(Survivors(cells.DistinctBy(cell => cell.Cell.Group).Count(), rung))
        .Select(group => group.Cells[0].Cell.Group)
        .ToHashSet();

    /// <summary>The groups of which all cells are complete, the best first, with that mean.</summary>
    /// <param name="cells">All cells of a rung.</param>
    public static IEnumerable<(IReadOnlyList<CellRun> Cells, double Mean)> Ranked(IReadOnlyList<CellRun> cells) => cells
        .GroupBy(cell => cell.Cell.Group)
        .Where(group => group.All(cell => cell.Result.State == CellState.Completed))
        .Select(group => (Cells: (IReadOnlyList<CellRun>)[.. group], Mean: group.Sum(cell => cell.Result.Last!.ValAccuracy!.Value) / group.Count()))
        .OrderByDescending(group => group.Mean)
        .ThenBy(group => group.Cells[0].Cell.Group);
}
