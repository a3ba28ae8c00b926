using Trainer.Sweeps;

namespace Trainer.Terminal;

/// <summary>One line a finished cell, and nothing that moves: for files, pipes and job logs.</summary>
/// <param name="output">Where to.</param>
internal sealed class PlainSweepDisplay(TextWriter output) : ISweepDisplay
{
    private int _count;
    private int _done;

    /// <inheritdoc/>
    public void Show(Action work) => work();

    /// <inheritdoc/>
    public void Begin(IReadOnlyList<CellRun> cells)
    {
        (_count, _done) = (cells.Count, cells.Count(cell => cell.IsSkipped));
        int epochs = cells[0].Experiment.Epochs;
        string rung = cells[0].Cell.Rung > 0 ? FormattableString.Invariant($"rung {cells[0].Cell.Rung}, {epochs} {(epochs == 1 ? "epoch" : "epochs")}: ") : "";
        string there = _done > 0 ? FormattableString.Invariant($", {_done} of them there already") : "";
        // Otherwise it has just been said.
        if (rung.Length + there.Length > 0)
        {
            Write(FormattableString.Invariant($"{rung}{SweepTable.Cells(_count)}{there}"));
        }
    }

    /// <inheritdoc/>
    public void Ended(CellRun cell)
    {
        _done++;
        Write(FormattableString.Invariant($"{_done} of {_count}: {cell.Cell}: {SweepTable.Ending(cell)}"));
    }

    /// <inheritdoc/>
    public void Refresh()
    {
    }

    private void Write(string line)
    {
        output.WriteLine(line);
        output.Flush();
    }
}
