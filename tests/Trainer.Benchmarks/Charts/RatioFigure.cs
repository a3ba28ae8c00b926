using System.Globalization;
using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Reports;
using Trainer.Charts;

namespace Trainer.Benchmarks.Charts;

/// <summary>
/// The picture of a comparison: a line for each peer of each case, a dot at its ratio with a bar over its spread, on a
/// logarithmic axis; the thick line at 1 is us, a small tick the target.
/// </summary>
internal sealed class RatioFigure
{
    private const double LabelWidth = 196;
    private const double ValueWidth = 52;
    private const double LineHeight = 17;
    private const double CaseGap = 9;
    private const double AxisHeight = 44;
    private const double LegendHeight = 24;
    private const double DotRadius = 4;
    private const double TickReach = 7;
    private const int MostTicks = 8;

    private static readonly string[] PeersInOrder = [Peer.Pytorch, Peer.Numpy, Peer.Sklearn, Peer.OursOnOneThread, Peer.OursSingly, Peer.PytorchSideBySide];

    private readonly SvgWriter _svg;
    private readonly AxisMap _axis;
    private readonly double _left = SvgStyle.Margin + LabelWidth;
    private readonly double _right = SvgStyle.PageWidth - SvgStyle.Margin - ValueWidth;

    private RatioFigure(SvgWriter svg, AxisMap axis)
    {
        _svg = svg;
        _axis = axis;
    }

    /// <summary>Writes the picture of all lines that have a ratio.</summary>
    public static void Write(MachineRecord machine, IReadOnlyList<RatioRow> rows, Stream destination)
    {
        List<IGrouping<string, RatioRow>> cases = [.. rows.Where(row => row.Ratio is not null).GroupBy(row => row.Case)];
        string title = "How many times as long as Trainer others take";
        string subtitle = string.Create(
            CultureInfo.InvariantCulture,
            $"{machine.Hardware.Processor}, {machine.Hardware.Cores} cores, {machine.DataSet}; median over the rounds of one run, bar: its spread; tick: the target");
        FigureHeader header = FigureHeader.Of(title, subtitle);
        double top = header.Height + LegendHeight;
        double height = cases.Sum(Height);
        using var svg = new SvgWriter(
            destination, SvgStyle.PageWidth, top + height + AxisHeight, title, Description(cases), SvgStyle.Sheet);
        header.Draw(svg);
        var figure = new RatioFigure(svg, Axis(cases));
        figure.DrawLegend(header.Height, cases);
        figure.DrawAxis(top, top + height);
        foreach (IGrouping<string, RatioRow> item in cases)
        {
            figure.DrawCase(item, top);
            top += Height(item);
        }
    }

    private static double Height(IEnumerable<RatioRow> item) => item.Count() * LineHeight + CaseGap;

    private static AxisMap Axis(IEnumerable<IEnumerable<RatioRow>> cases) => AxisMap.FitRound(
        new Axis { Scale = AxisScale.Logarithmic },
        [1, 2, .. cases.SelectMany(item => item).SelectMany(Values)],
        MostTicks);

    private static IEnumerable<double> Values(RatioRow row)
    {
        IEnumerable<double> values = [row.RatioLow!.Value, row.RatioHigh!.Value, row.Ratio!.Value];
        return Target(row) is { } target ? values.Append(target.Value) : values;
    }

    private static Target? Target(RatioRow row) =>
        CaseCatalog.All.FirstOrDefault(item => item.Name == row.Case)?.Targets.GetValueOrDefault(row.Contestant);

    private static string Description(IEnumerable<IGrouping<string, RatioRow>> cases) =>
        "A dot for each contestant of each case. " + string.Join(" ", cases.Select(item => $"{Title(item.Key)}: "
            + string.Join(", ", item.Select(row => $"{row.Contestant} {Times(row.Ratio!.Value)}")) + "."));

    private static string Title(string name) => CaseCatalog.All.FirstOrDefault(item => item.Name == name)?.Title ?? name;

    private static string Times(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio:0.0}x");

    private static int Colour(string peer) => Palette.IndexOf(Math.Max(0, Array.IndexOf(PeersInOrder, peer)));

    private void DrawLegend(double y, IEnumerable<IEnumerable<RatioRow>> cases)
    {
        HashSet<string> present = [.. cases.SelectMany(item => item).Select(row => row.Contestant)];
        double x = SvgStyle.Margin;
        foreach (string peer in PeersInOrder.Where(present.Contains))
        {
            _svg.Circle($"dot f{Colour(peer)}", x + DotRadius, y, DotRadius);
            _svg.Text("", x + 14, y + 5, peer);
            x += 14 + TextMetrics.Width(peer, SvgStyle.TextSize) + 18;
        }
    }

    private void DrawAxis(double top, double bottom)
    {
        foreach (Tick tick in _axis.Ticks)
        {
            _svg.Line("grid", At(tick.Value), top, At(tick.Value), bottom);
            _svg.Text("quiet", At(tick.Value), bottom + 17, tick.Label + "x", TextAnchor.Middle);
        }
        _svg.Line("axis", At(1), top, At(1), bottom);
        _svg.Line("axis", _left, bottom, _right, bottom);
    }

    private void DrawCase(IGrouping<string, RatioRow> item, double top)
    {
        _svg.Line("grid", SvgStyle.Margin, top, _right + ValueWidth, top);
        double y = top + CaseGap / 2 + LineHeight / 2;
        double line = y + 5;
        foreach (string text in TextMetrics.Wrap(Title(item.Key), SvgStyle.TextSize, LabelWidth - 8, item.Count()))
        {
            _svg.Text("", SvgStyle.Margin, line, text);
            line += LineHeight;
        }
        foreach (RatioRow row in item)
        {
            DrawLine(row, y);
            y += LineHeight;
        }
    }

    private void DrawLine(RatioRow row, double y)
    {
        int colour = Colour(row.Contestant);
        if (Target(row) is { } target)
        {
            double x = At(target.Value);
            _svg.Line($"line s{colour}", x, y - TickReach, x, y + TickReach);
        }
        _svg.Line($"line s{colour}", At(row.RatioLow!.Value), y, At(row.RatioHigh!.Value), y);
        _svg.Circle($"dot f{colour}", At(row.Ratio!.Value), y, DotRadius);
        _svg.Text($"value f{colour}", _right + ValueWidth, y + 5, Times(row.Ratio.Value), TextAnchor.End);
    }

    private double At(double ratio) => _left + Math.Clamp(_axis.Fraction(ratio), 0, 1) * (_right - _left);
}
