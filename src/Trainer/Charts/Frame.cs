namespace Trainer.Charts;

/// <summary>An upright rectangle of the picture; y grows downwards.</summary>
/// <param name="Left">Left edge.</param>
/// <param name="Top">Upper edge.</param>
/// <param name="Right">Right edge.</param>
/// <param name="Bottom">Lower edge.</param>
internal sealed record Frame(double Left, double Top, double Right, double Bottom)
{
    /// <summary>Distance between the left and the right edge.</summary>
    public double Width => Right - Left;

    /// <summary>Distance between the upper and the lower edge.</summary>
    public double Height => Bottom - Top;

    /// <summary>Whether the point lies inside or on the edge.</summary>
    public bool Contains(Point point) => point.X >= Left && point.X <= Right && point.Y >= Top && point.Y <= Bottom;

    /// <summary>Whether <paramref name="other"/> lies wholly inside.</summary>
    public bool Contains(Frame other) =>
        other.Left >= Left && other.Right <= Right && other.Top >= Top && other.Bottom <= Bottom;

    /// <summary>Whether the two have an area in common.</summary>
    public bool Overlaps(Frame other) =>
        other.Left < Right && other.Right > Left && other.Top < Bottom && other.Bottom > Top;

    /// <summary>The part of a segment that lies inside (Liang and Barsky, 1984); null when none does.</summary>
    public (Point From, Point To)? Clip(Point from, Point to)
    {
        double dx = to.X - from.X;
        double dy = to.Y - from.Y;
        double enter = 0;
        double leave = 1;
        ReadOnlySpan<(double Slope, double Room)> edges =
        [
            (-dx, from.X - Left), (dx, Right - from.X), (-dy, from.Y - Top), (dy, Bottom - from.Y),
        ];
        foreach ((double slope, double room) in edges)
        {
            if (slope < 0)
            {
                enter = Math.Max(enter, room / slope);
            }
            else if (slope > 0)
            {
                leave = Math.Min(leave, room / slope);
            }
            else if (room < 0)
            {
                return null;
            }
        }
        return enter > leave ? null : (At(enter), At(leave));

        // Rounding must not leave the end of a cut segment a hair outside.
        Point At(double t) => t == 0 ? from : t == 1 ? to : new Point(
            Math.Clamp(from.X + t * dx, Left, Right), Math.Clamp(from.Y + t * dy, Top, Bottom));
    }

    /// <summary>The part of a polygon that lies inside, cut edge by edge (Sutherland and Hodgman, 1974); empty when none does.</summary>
    public IReadOnlyList<Point> Clip(IReadOnlyList<Point> polygon)
    {
        (double left, double top, double right, double bottom) = this;
        polygon = Cut(polygon, p => p.X - left, (_, y) => new Point(left, y));
        polygon = Cut(polygon, p => right - p.X, (_, y) => new Point(right, y));
        polygon = Cut(polygon, p => p.Y - top, (x, _) => new Point(x, top));
        return Cut(polygon, p => bottom - p.Y, (x, _) => new Point(x, bottom));
    }

    private static List<Point> Cut(IReadOnlyList<Point> polygon, Func<Point, double> inside, Func<double, double, Point> onEdge)
    {
        var kept = new List<Point>();
        for (int i = 0; i < polygon.Count; i++)
        {
            Point a = polygon[i];
            Point b = polygon[(i + 1) % polygon.Count];
            double distanceA = inside(a);
            double distanceB = inside(b);
            if (distanceA >= 0)
            {
                kept.Add(a);
            }
            if (distanceA >= 0 != distanceB >= 0)
            {
                double t = distanceA / (distanceA - distanceB);
                kept.Add(onEdge(a.X + t * (b.X - a.X), a.Y + t * (b.Y - a.Y)));
            }
        }
        return kept;
    }
}
