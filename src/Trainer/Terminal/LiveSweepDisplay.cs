using Spectre.Console;
using Spectre.Console.Rendering;
using Trainer.Sweeps;

namespace Trainer.Terminal;

/// <summary>One table that moves: the cells at work, the last that ended, and how many are left.</summary>
/// <param name="console">The terminal.</param>
internal sealed class LiveSweepDisplay(IAnsiConsole console) : ISweepDisplay
{
    // Three lines of rules and heading, two of counts, one of the cursor's.
    private const int OtherLines = 8;
    private const int FewestRows = 4;
    private IReadOnlyList<CellRun> _cells = [];
    private readonly List<CellRun> _ended = [];
    private LiveDisplayContext? _context;

    /// <inheritdoc/>
    public void Show(Action work) => console.Live(new Text("")).AutoClear(true).Overflow(VerticalOverflow.Crop).Start(context =>
    {
        _context = context;
        work();
    });

    /// <inheritdoc/>
    public void Begin(IReadOnlyList<CellRun> cells)
    {
        _cells = cells;
        _ended.Clear();
        Refresh();
    }

    /// <inheritdoc/>
    public void Ended(CellRun cell) => _ended.Add(cell);

    /// <inheritdoc/>
    public void Refresh() => _context?.UpdateTarget(Target());

    private IRenderable Target()
    {
        int rows = Math.Max(FewestRows, console.Profile.Height - OtherLines);
        CellRun[] active = [.. _cells.Where(cell => cell.Result.State is CellState.Running or CellState.Busy).Take(rows)];
        CellRun[] shown = [.. _ended.TakeLast(rows - active.Length), .. active];
        if (shown.Length == 0)
        {
            return new Text(SweepTable.Counts(_cells));
        }
        IEnumerable<string> lines = SweepTable.Lines(shown, console.Profile.Width, console.Profile.Capabilities.Unicode);
        return new Text(string.Join('\n', lines.Append(SweepTable.Counts(_cells))));
    }
}
