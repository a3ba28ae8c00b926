namespace Trainer.Engines.Cpu;

/// <summary>
/// A matrix in panels: the columns are cut into groups, and a panel holds its columns of all rows, row after row. So
/// the part of a matrix that a kernel walks again and again, some rows of one panel, lies in one piece and fills the
/// first cache evenly, whatever the width of the matrix (whole rows of 1024 numbers crowd into a few of its sets: 47
/// instead of 80 GFLOP/s on one Zen 4 core).
/// </summary>
/// <param name="start">Element (0, 0), at a multiple of a cache line.</param>
/// <param name="rows">Number of rows.</param>
/// <param name="columns">Number of columns, a multiple of <see cref="AlignedBuffer.LineLength"/>.</param>
/// <param name="panelWidth">Columns of a panel; the last one may have fewer.</param>
internal readonly unsafe struct Panels(float* start, int rows, int columns, int panelWidth = Panels.Width)
{
    /// <summary>Columns of a panel: four vectors of 512 bits.</summary>
    public const int Width = 64;

    /// <summary>Number of panels that <paramref name="columns"/> columns make.</summary>
    public static int CountOf(int columns) => (columns + Width - 1) / Width;

    /// <summary>Number of panels.</summary>
    public int Count => (columns + panelWidth - 1) / panelWidth;

    /// <summary>Columns of panel <paramref name="panel"/>: also the numbers from one of its rows to the next.</summary>
    public int WidthOf(int panel) => Math.Min(panelWidth, columns - panel * panelWidth);

    /// <summary>Numbers from one row to the next where <paramref name="column"/> lies.</summary>
    public int StepAt(int column) => WidthOf(column / panelWidth);

    /// <summary>Row <paramref name="row"/> of panel <paramref name="panel"/>.</summary>
    public float* Row(int panel, int row) => start + (nint)panel * panelWidth * rows + (nint)row * WidthOf(panel);

    /// <summary>The element in row <paramref name="row"/> and column <paramref name="column"/>.</summary>
    public float* At(int row, int column) => Row(column / panelWidth, row) + column % panelWidth;
}
