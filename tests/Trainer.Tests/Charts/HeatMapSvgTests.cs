using System.Xml.Linq;
using Trainer.Charts;

namespace Trainer.Tests.Charts;

public class HeatMapSvgTests
{
    [Theory]
    [InlineData("Shirt", 10)]
    [InlineData("Shirt", 2)]
    [InlineData(SampleFigures.Hostile, 10)]
    [InlineData("WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", 12)]
    public void Write_KeepsEverythingInsideThePage(string label, int classes) => Picture(Map(label, classes)).AssertEverythingIsInside();

    [Fact]
    public void Write_ShadesEachCell_AndSetsStrongOnesInThePagesColour()
    {
        SvgPicture picture = Picture(Map("Shirt", 3));
        XElement[] right = [.. picture.OfClass("f0")];
        XElement[] wrong = [.. picture.OfClass("f1")];
        Assert.Equal((3, 6), (right.Length, wrong.Length));
        Assert.All(right, cell => Assert.Equal(0.9, SvgPicture.Number(cell, "fill-opacity")));
        Assert.All(wrong, cell => Assert.Equal(0.05, SvgPicture.Number(cell, "fill-opacity")));
        Assert.Equal(["0", "4", "8"], picture.Texts.Where(text => (string?)text.Attribute("class") == "page").Select(text => text.Value));
        Assert.Equal(["1", "2", "3", "5", "6", "7"], picture.Texts.Where(text => (string?)text.Attribute("class") == "ink").Select(text => text.Value));
        // Each number lies in its own cell.
        foreach ((XElement cell, XElement text) in right.Zip(picture.Texts.Where(text => (string?)text.Attribute("class") == "page")))
        {
            Assert.Equal(SvgPicture.Number(cell, "x") + SvgPicture.Number(cell, "width") / 2, SvgPicture.Number(text, "x"), 0.01);
            Assert.InRange(SvgPicture.Number(text, "y") - SvgPicture.Number(cell, "y"), 14, 28);
        }
    }

    [Fact]
    public void Write_NamesRowsAndColumns_WithTheirEnds()
    {
        SvgPicture picture = Picture(Map("Shirt", 2));
        string[] texts = [.. picture.Texts.Select(text => text.Value)];
        Assert.All(
            (string[])["true ↓ predicted →", "Shirt 0", "Shirt 1", "recall", "precision", "99.9%", "12.3%"],
            text => Assert.Contains(text, texts));
        Assert.Equal(2, texts.Count(text => text == "Shirt 1"));
        Assert.Equal("A matrix.", picture.Root.Element(SvgPicture.Svg + "desc")!.Value);
    }

    private static HeatMap Map(string label, int classes)
    {
        string[] labels = [.. Enumerable.Range(0, classes).Select(k => $"{label} {k}")];
        return new HeatMap
        {
            Title = "matrix on sample",
            Subtitle = "in words",
            AltText = "A matrix.",
            Corner = "true ↓ predicted →",
            RowLabels = labels,
            ColumnLabels = [.. labels, "recall"],
            RowEnds = [.. labels.Select(_ => "99.9%")],
            ColumnEndsLabel = "precision",
            ColumnEnds = [.. labels.Select(_ => "12.3%")],
            Cells = [.. Enumerable.Range(0, classes).Select(row => Enumerable.Range(0, classes)
                .Select(column => new HeatMapCell($"{row * classes + column}", row == column ? 0.9 : 0.05, row == column ? 0 : 1)).ToArray())],
        };
    }

    private static SvgPicture Picture(HeatMap map)
    {
        using var stream = new MemoryStream();
        HeatMapSvg.Write(map, stream);
        return new SvgPicture(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }
}
