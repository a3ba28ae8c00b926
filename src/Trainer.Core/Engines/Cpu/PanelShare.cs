namespace Trainer.Engines.Cpu;

/// <summary>
/// Which part of the first layer is a thread's: panels one behind the other, each with the same number of rows (forward)
/// or inputs (gradient), cut into equal parts of work. Where threads divide panels, a thread has whole panels, the same
/// ones forward and back.
/// </summary>
/// <param name="columns">Columns of all panels together.</param>
/// <param name="units">Rows or inputs of each panel.</param>
/// <param name="thread">The thread.</param>
/// <param name="threads">How many there are.</param>
internal readonly struct PanelShare(int columns, int units, int thread, int threads)
{
    // Whole pairs, and a few of them.
    private const int Grain = 4;

    /// <summary>All of it.</summary>
    public static PanelShare Whole(int columns, int units) => new(columns, units, 0, 1);

    /// <summary>Whether each of <paramref name="threads"/> threads has whole panels.</summary>
    public static bool HasWholePanels(int columns, int threads) =>
        threads == 1 || (columns % Panels.Width == 0 && columns / Panels.Width % threads == 0);

    /// <summary>The thread's first row or input of panel <paramref name="panel"/>, and the one behind its last.</summary>
    public (int From, int To) Of(int panel)
    {
        long work = (long)columns * units;
        int width = Math.Min(Panels.Width, columns - panel * Panels.Width);
        long start = (long)panel * Panels.Width * units;
        return (Bound(work * thread / threads, start, width), Bound(work * (thread + 1) / threads, start, width));
    }

    private int Bound(long cut, long start, int width) =>
        cut <= start ? 0
        : cut >= start + (long)width * units ? units
        : (int)((cut - start) / width / Grain * Grain);
}
