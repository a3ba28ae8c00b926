using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Trainer.Charts;

namespace Trainer.Tests.Charts;

public class SvgRendererTests
{
    public static TheoryData<string> Figures => SampleFigures.Names;

    [Theory]
    [MemberData(nameof(Figures))]
    public void Render_KeepsEveryCoordinateFiniteAndEveryTextInsideThePage(string name)
    {
        SvgPicture picture = Picture(SampleFigures.Get(name));
        Assert.Equal(SvgPicture.Svg + "svg", picture.Root.Name);
        Assert.Equal("1.1", (string?)picture.Root.Attribute("version"));
        picture.AssertEverythingIsInside();
    }

    [Theory]
    [MemberData(nameof(Figures))]
    public void Render_LetsNoTwoLabelsOverlap(string name)
    {
        foreach (XElement panel in Picture(SampleFigures.Get(name)).OfClass("panel"))
        {
            XElement[] labels = [.. panel.Elements(SvgPicture.Svg + "text").Where(
                text => ((string)text.Attribute("class")!).StartsWith("value ", StringComparison.Ordinal))];
            foreach (IGrouping<double, XElement> column in labels.GroupBy(label => SvgPicture.Number(label, "x")))
            {
                double[] lines = [.. column.Select(label => SvgPicture.Number(label, "y")).Order()];
                Assert.All(lines.Zip(lines.Skip(1)), pair => Assert.True(pair.Second - pair.First >= SvgStyle.TextLine - 0.02));
            }
        }
    }

    [Fact]
    public void Render_GivesTheSameBytes_WhateverTheCulture()
    {
        Figure figure = SampleFigures.Get("validation");
        byte[] bytes = Bytes(figure);
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NegativeSign = "minus";
        comma.NumberFormat.PercentDecimalSeparator = ",";
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = comma;
            Assert.Equal("1,5", 1.5.ToString("0.0"));
            Assert.Equal(bytes, Bytes(SampleFigures.Get("validation")));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Render_WritesPlainSelfContainedText()
    {
        byte[] bytes = Bytes(SampleFigures.Get("validation"));
        string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<svg ", text, StringComparison.Ordinal);
        Assert.EndsWith("</svg>\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        Assert.DoesNotContain("url(", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_PaintsThePage_ForLightAndForDarkViewers()
    {
        SvgPicture picture = Picture(SampleFigures.Get("twenty epochs"));
        string style = picture.Root.Element(SvgPicture.Svg + "style")!.Value;
        string[] parts = style.Split("@media (prefers-color-scheme: dark)");
        Assert.Equal(2, parts.Length);
        for (int i = 0; i < Palette.Light.Count; i++)
        {
            Assert.Contains($".s{i} {{ stroke: {Palette.Light[i]} }}", parts[0], StringComparison.Ordinal);
            Assert.Contains($".s{i} {{ stroke: {Palette.Dark[i]} }}", parts[1], StringComparison.Ordinal);
        }
        XElement page = picture.Root.Elements(SvgPicture.Svg + "rect").First();
        Assert.Equal("page", (string?)page.Attribute("class"));
        Assert.Equal((string?)picture.Root.Attribute("height"), (string?)page.Attribute("height"));
    }

    [Fact]
    public void Render_SaysWhatThePictureShows_AndReplacesWhatXmlCannotHold()
    {
        Figure figure = SampleFigures.Get("hostile text");
        SvgPicture picture = Picture(figure);
        string title = picture.Root.Element(SvgPicture.Svg + "title")!.Value;
        Assert.StartsWith("<script>&\"' ]]> \uFFFD\uFFFD\uFFFD\uFFFD line break 👗 損失", title, StringComparison.Ordinal);
        Assert.EndsWith("seed 18446744073709551615", title, StringComparison.Ordinal);
        Assert.Contains("Loss at the end: train", picture.Root.Element(SvgPicture.Svg + "desc")!.Value, StringComparison.Ordinal);
        Assert.Empty(picture.Root.Descendants(SvgPicture.Svg + "script"));
    }

    [Fact]
    public void Render_BreaksTheLineAtGaps_AndMarksLoneValuesWithADot()
    {
        SvgPicture picture = Picture(SampleFigures.Get("gaps"));
        string path = (string)picture.OfClass("line").Single().Attribute("d")!;
        Assert.Equal(2, path.Count(c => c == 'M'));
        Assert.Equal(2, path.Count(c => c == 'L'));
        // The value 3 stands alone; the other dot is the line's end.
        Assert.Equal(2, picture.OfClass("dot").Count());
    }

    [Fact]
    public void Render_ShowsASinglePointAsADotInTheMiddle()
    {
        SvgPicture picture = Picture(SampleFigures.Get("epoch 0 only"));
        Assert.Empty(picture.OfClass("line"));
        Assert.Equal(["0", "0"], picture.Texts.Where(
            text => (string?)text.Attribute("text-anchor") == "middle" && text.Value != "epoch").Select(text => text.Value));
        XElement axis = picture.OfClass("axis").First();
        double middle = (SvgPicture.Number(axis, "x1") + SvgPicture.Number(axis, "x2")) / 2;
        Assert.All(picture.OfClass("dot"), dot => Assert.Equal(middle, SvgPicture.Number(dot, "cx"), 0.02));
    }

    [Theory]
    [InlineData("twenty epochs", 0)]
    [InlineData("seven ends at one place", 0)]
    [InlineData("thirty series", 30)]
    [InlineData("long series names", 3)]
    public void Render_LabelsTheLineEnds_AndFallsBackToALegend(string name, int legendEntries)
    {
        SvgPicture picture = Picture(SampleFigures.Get(name));
        // Swatches of the legend are lines; the curves are paths.
        Assert.Equal(legendEntries, picture.OfClass("line").Count(element => element.Name.LocalName == "line"));
        Assert.Equal(legendEntries == 0, picture.OfClass("dot").Any());
    }

    [Fact]
    public void Render_CutsLinesAndBandsAtTheFrame()
    {
        SvgPicture picture = Picture(SampleFigures.Get("far outside"));
        XElement[] grid = [.. picture.OfClass("grid")];
        double bottom = grid.Max(line => SvgPicture.Number(line, "y1"));
        double top = grid.Min(line => SvgPicture.Number(line, "y1"));
        foreach (XElement path in picture.OfClass("line").Concat(picture.OfClass("band")))
        {
            string[] points = ((string)path.Attribute("d")!).Split('M', 'L', 'Z');
            Assert.All(
                points.Where(point => point.Length > 0),
                point => Assert.InRange(double.Parse(point.Split(' ')[1], CultureInfo.InvariantCulture), top, bottom));
        }
        Assert.Single(picture.OfClass("band"));
    }

    [Fact]
    public void Render_PutsAMarkersLabelWhereNoLineRuns()
    {
        // The line fills the upper half right of the marker; below is room.
        double[] x = SampleFigures.Values(101, i => i);
        double[] y = SampleFigures.Values(101, i => i % 2 == 0 ? 100 : 60);
        Figure figure = SampleFigures.One(SampleFigures.Line(x, [.. y[..100], 0]), markers: [new Marker("here", 50)]);
        SvgPicture picture = Picture(figure);
        XElement[] grid = [.. picture.OfClass("grid")];
        double middle = (grid.Min(line => SvgPicture.Number(line, "y1")) + grid.Max(line => SvgPicture.Number(line, "y1"))) / 2;
        Assert.True(SvgPicture.Number(picture.Texts.Single(text => text.Value == "here"), "y") > middle);
        Assert.Single(picture.OfClass("mark"));
    }

    [Fact]
    public void Render_RefusesASeriesThatContradictsItself()
    {
        Series series = SampleFigures.Line([1, 2], [1]);
        Assert.Throws<ArgumentException>(() => Bytes(SampleFigures.One(series)));
        Assert.Throws<ArgumentException>(() => Bytes(SampleFigures.One(series with { Y = [1, 2], Low = [0, 1] })));
    }

    private static SvgPicture Picture(Figure figure) => new(new SvgRenderer().RenderText(figure));

    private static byte[] Bytes(Figure figure)
    {
        using var stream = new MemoryStream();
        new SvgRenderer().Render(figure, stream);
        return stream.ToArray();
    }
}
