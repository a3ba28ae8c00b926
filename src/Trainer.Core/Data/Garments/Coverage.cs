using System.Runtime.CompilerServices;

namespace Trainer.Data.Garments;

/// <summary>
/// Which part of each pixel lies inside a polygon, exactly (no sampling). Each edge adds to a buffer of differences:
/// in every row it crosses, the area to its right, positive when the edge leads down. The running sum of a row is then
/// the coverage, negative for an outline that turns clockwise as seen. Shapes of the same sense of rotation unite; of
/// opposite sense they cut holes.
/// </summary>
internal sealed class Coverage
{
    // Differences of a row reach one column past the last pixel.
    private const int Stride = Canvas.Side + 2;

    private readonly float[] _differences = new float[Canvas.Side * Stride];
    private int _firstRow = Canvas.Side;
    private int _endRow;
    private int _firstColumn = Canvas.Side;
    private int _endColumn;

    /// <summary>The rectangle of pixels that the edges so far have touched; nothing outside it is covered.</summary>
    public (int FirstRow, int EndRow, int FirstColumn, int EndColumn) Touched =>
        (_firstRow, _endRow, _firstColumn, Math.Min(_endColumn, Canvas.Side));

    /// <summary>The differences of a row; whoever has summed them up clears them.</summary>
    public Span<float> Row(int row) => _differences.AsSpan(row * Stride, Stride);

    /// <summary>Forgets the rectangle, once all its rows have been cleared.</summary>
    public void Reset() => (_firstRow, _endRow, _firstColumn, _endColumn) = (Canvas.Side, 0, Canvas.Side, 0);

    /// <summary>Adds the edge from one point to the next, in pixels. What lies outside the picture is cut off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddEdge(float x0, float y0, float x1, float y1)
    {
        float sense = 1;
        if (y0 > y1)
        {
            (x0, y0, x1, y1) = (x1, y1, x0, y0);
            sense = -1;
        }
        float top = y0 > 0 ? y0 : 0;
        float bottom = y1 < Canvas.Side ? y1 : Canvas.Side;
        if (!(top < bottom))
        {
            return;
        }
        float slope = (x1 - x0) / (y1 - y0);
        float y = top;
        float x = x0 + slope * (top - y0);
        int row = (int)top;
        _firstRow = row < _firstRow ? row : _firstRow;
        for (; row < bottom; row++)
        {
            float nextY = row + 1 < bottom ? row + 1 : bottom;
            float height = nextY - y;
            float nextX = x + slope * height;
            AddSlice(row, Inside(x < nextX ? x : nextX), Inside(x < nextX ? nextX : x), sense * height);
            (x, y) = (nextX, nextY);
        }
        _endRow = row > _endRow ? row : _endRow;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Inside(float x) => x < 0 ? 0 : x > Canvas.Side ? Canvas.Side : x;

    /// <summary>
    /// Adds a piece of an edge inside one row, from x = a to x = b ≥ a. With x uniform in [a, b], the mean of
    /// max(0, u − x) is g(u) = (u − a)²/(2(b − a)) for u in [a, b] and u − (a + b)/2 beyond; of pixel c the part
    /// g(c + 1) − g(c) lies to the right.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddSlice(int row, float a, float b, float area)
    {
        int column = (int)a;
        _firstColumn = column < _firstColumn ? column : _firstColumn;
        float middle = 0.5f * (a + b);
        float halfInverse = 0.5f / (b - a); // infinite for an upright edge, and then never used
        float g = 0, covered = 0;
        float[] differences = _differences;
        int cell = row * Stride + column;
        while (covered < 1 && column <= Canvas.Side)
        {
            float u = column + 1;
            float nextG = u >= b ? u - middle : (u - a) * (u - a) * halfInverse;
            float nextCovered = column >= b ? 1 : nextG - g;
            differences[cell] += area * (nextCovered - covered);
            (g, covered) = (nextG, nextCovered);
            column++;
            cell++;
        }
        _endColumn = column > _endColumn ? column : _endColumn;
    }
}
