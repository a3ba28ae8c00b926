using System.Text;
using System.Xml.Linq;
using Trainer.Charts;
using Trainer.Reports;

namespace Trainer.Tests.Reports;

/// <summary>A picture is put into a page only where it is made of what our renderer writes.</summary>
public class InlineSvgTests
{
    private const string Head = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:h=\"http://www.w3.org/1999/xhtml\">";

    [Fact]
    public void EverythingThatTheWriterWrites_IsTaken()
    {
        using var bytes = new MemoryStream();
        using (var svg = new SvgWriter(bytes, 100, 50, "A title", "A description", SvgStyle.Sheet))
        {
            svg.BeginGroup("panel");
            svg.Rectangle("border", 1, 2, 3, 4);
            svg.Rectangle("f1", 1, 2, 3, 4, opacity: 0.5);
            svg.Line("axis", 1, 2, 3, 4);
            svg.Circle("ring", 1, 2, 3);
            svg.Path("line", "M0 0L1 1");
            svg.Image("pixels", 1, 2, 3, 4, [1, 2, 3]);
            svg.Text("quiet", 1, 2, "words", TextAnchor.End);
            svg.SlantedText("quiet", 1, 2, "words");
            svg.Text(1, 2, TextAnchor.Start, ("value", "some"), ("quiet", "more"));
            svg.EndGroup();
        }
        XElement figure = InlineSvg.Figure(Encoding.UTF8.GetString(bytes.ToArray()));
        Assert.Equal("figure", figure.Name.LocalName);
        Assert.Equal("A title. A description", (string?)figure.Element("svg")!.Attribute("aria-label"));
        Assert.Equal(10, figure.Element("svg")!.Element("g")!.DescendantsAndSelf().Count(element => element.Name.LocalName != "tspan"));
        Assert.Equal("data:image/png;base64,AQID", (string?)figure.Descendants("image").Single().Attribute("href"));
    }

    [Theory]
    [InlineData("<h:meta http-equiv=\"refresh\" content=\"0\"/>")]
    [InlineData("<meta http-equiv=\"refresh\" content=\"0\"/>")]
    [InlineData("<SCRIPT>alert(1)</SCRIPT>")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<h1>Another headline</h1>")]
    [InlineData("<a href=\"https://example.org\">here</a>")]
    [InlineData("<image xlink:href=\"https://example.org/x.png\"/>")]
    [InlineData("<image href=\"#a\" xlink:href=\"data:image/png;base64,AAAA\"/>")]
    [InlineData("<g onclick=\"alert(1)\"/>")]
    [InlineData("<g style=\"fill: red\"/>")]
    [InlineData("<foreignObject/>")]
    [InlineData("<g><g><g><g><g><g><g><g><g><g><g><g><g><g><g><g/></g></g></g></g></g></g></g></g></g></g></g></g></g></g></g>")]
    public void AnythingElse_CannotBeRead(string inside) => Assert.Equal("p", InlineSvg.Figure($"{Head}{inside}</svg>").Name.LocalName);

    [Theory]
    [InlineData("")]
    [InlineData("<svg/>")]
    [InlineData("<html xmlns=\"http://www.w3.org/1999/xhtml\"/>")]
    [InlineData("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&a;</svg>")]
    public void WhatIsNoPicture_CannotBeRead(string text) => Assert.Equal("p", InlineSvg.Figure(text).Name.LocalName);
}
