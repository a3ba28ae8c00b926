using System.Runtime.CompilerServices;

namespace Trainer.Data.Garments;

/// <summary>
/// Draws outlines in garment coordinates: points, lines and quadratic curves, closed or stroked. What it closes goes
/// through the pose into the coverage; several outlines may be closed before they are painted together.
/// </summary>
internal sealed class Pen(Coverage coverage)
{
    private const int MostPoints = 192;
    private const int PiecesPerCurve = 5;

    private readonly float[] _x = new float[MostPoints];
    private readonly float[] _y = new float[MostPoints];
    private int _count;

    /// <summary>How the garment lies in the picture.</summary>
    public Pose Pose { get; set; }

    /// <summary>Begins an outline.</summary>
    public Pen Start(float x, float y)
    {
        _count = 0;
        return Line(x, y);
    }

    /// <summary>A straight line to (x, y).</summary>
    public Pen Line(float x, float y)
    {
        _x[_count] = x;
        _y[_count] = y;
        _count++;
        return this;
    }

    /// <summary>The quadratic Bézier curve to (x, y) that is drawn towards (controlX, controlY).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Pen Curve(float controlX, float controlY, float x, float y)
    {
        float startX = _x[_count - 1], startY = _y[_count - 1];
        for (int i = 1; i <= PiecesPerCurve; i++)
        {
            float t = i * (1f / PiecesPerCurve);
            float s = 1 - t;
            Line(s * s * startX + 2 * s * t * controlX + t * t * x, s * s * startY + 2 * s * t * controlY + t * t * y);
        }
        return this;
    }

    /// <summary>Closes the outline with a straight line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Close()
    {
        (float firstX, float firstY) = ToPixels(_x[0], _y[0]);
        float x = firstX, y = firstY;
        for (int i = 1; i < _count; i++)
        {
            (float nextX, float nextY) = ToPixels(_x[i], _y[i]);
            coverage.AddEdge(x, y, nextX, nextY);
            (x, y) = (nextX, nextY);
        }
        coverage.AddEdge(x, y, firstX, firstY);
    }

    /// <summary>Closes the outline with its mirror image in the axis x = 0.</summary>
    public void CloseMirrored()
    {
        for (int i = _count - 1; i >= 0; i--)
        {
            Line(-_x[i], _y[i]);
        }
        Close();
    }

    /// <summary>Leaves the path open and makes of it a band of the given width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Stroke(float width)
    {
        for (int i = 1; i < _count; i++)
        {
            float dx = _x[i] - _x[i - 1], dy = _y[i] - _y[i - 1];
            float length = MathF.Sqrt(dx * dx + dy * dy);
            if (length > 0)
            {
                float scale = 0.5f * width / length;
                AddBand(_x[i - 1], _y[i - 1], _x[i], _y[i], -dy * scale, dx * scale);
            }
        }
    }

    /// <summary>A whole outline: a square around (x, y); at this size nobody sees whether a button is round.</summary>
    public void Dot(float x, float y, float half) => Box(x - half, y - half, x + half, y + half);

    /// <summary>A whole outline: an upright rectangle.</summary>
    public void Box(float left, float top, float right, float bottom) =>
        Start(left, top).Line(right, top).Line(right, bottom).Line(left, bottom).Close();

    private void AddBand(float x0, float y0, float x1, float y1, float normalX, float normalY)
    {
        (float ax, float ay) = ToPixels(x0 + normalX, y0 + normalY);
        (float bx, float by) = ToPixels(x1 + normalX, y1 + normalY);
        (float cx, float cy) = ToPixels(x1 - normalX, y1 - normalY);
        (float dx, float dy) = ToPixels(x0 - normalX, y0 - normalY);
        coverage.AddEdge(ax, ay, bx, by);
        coverage.AddEdge(bx, by, cx, cy);
        coverage.AddEdge(cx, cy, dx, dy);
        coverage.AddEdge(dx, dy, ax, ay);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (float X, float Y) ToPixels(float x, float y)
    {
        Pose pose = Pose;
        float bentX = x + pose.BendX * y * y;
        float bentY = y + pose.BendY * x * x;
        return (pose.XX * bentX + pose.XY * bentY + pose.X0, pose.YX * bentX + pose.YY * bentY + pose.Y0);
    }
}
