using Trainer.Sweeps;

namespace Trainer.Terminal;

/// <summary>Shows how far the cells of a sweep are. All of it is called by one thread.</summary>
internal interface ISweepDisplay
{
    /// <summary>Shows while <paramref name="work"/> goes on.</summary>
    void Show(Action work);

    /// <summary>These cells are next; some may be there already.</summary>
    void Begin(IReadOnlyList<CellRun> cells);

    /// <summary>A cell has ended.</summary>
    void Ended(CellRun cell);

    /// <summary>Some time has passed.</summary>
    void Refresh();
}
