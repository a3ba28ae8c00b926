using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Trainer.Charts;

namespace Trainer.Tests.Charts;

/// <summary>A parsed SVG: what tests ask of it.</summary>
internal sealed partial class SvgPicture
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public SvgPicture(string text) => Root = XDocument.Parse(text).Root!;

    public XElement Root { get; }

    public IEnumerable<XElement> Texts => Root.Descendants(Svg + "text");

    public IEnumerable<XElement> OfClass(string cssClass) => Root.Descendants().Where(
        element => ((string?)element.Attribute("class"))?.Split(' ').Contains(cssClass) == true);

    public static double Number(XElement element, string attribute) =>
        double.Parse((string)element.Attribute(attribute)!, CultureInfo.InvariantCulture);

    /// <summary>Fails when any coordinate is not a short number inside the view box, or a text is estimated to leave it.</summary>
    public void AssertEverythingIsInside()
    {
        double[] box = [.. ((string)Root.Attribute("viewBox")!).Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
        (double width, double height) = (box[2], box[3]);
        foreach (XElement element in Root.Descendants())
        {
            AssertNumbers(element, width, "x", "x1", "x2", "cx");
            AssertNumbers(element, height, "y", "y1", "y2", "cy");
            if ((string?)element.Attribute("d") is { } path)
            {
                Assert.Matches(PathPattern(), path);
                double[] numbers = [.. NumberPattern().Matches(path).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))];
                Assert.All(numbers.Where((_, i) => i % 2 == 0), x => Assert.InRange(x, 0, width));
                Assert.All(numbers.Where((_, i) => i % 2 == 1), y => Assert.InRange(y, 0, height));
            }
            if (element.Name.LocalName is "rect" or "image")
            {
                Assert.InRange(Number(element, "x") + Number(element, "width"), 0, width);
                Assert.InRange(Number(element, "y") + Number(element, "height"), 0, height);
            }
        }
        foreach (XElement text in Texts)
        {
            (double left, double right) = Extent(text);
            Assert.True(left >= 0 && right <= width, $"'{text.Value}' reaches from {left} to {right} of {width}");
        }
    }

    private static (double Left, double Right) Extent(XElement text)
    {
        string cssClass = (string)text.Attribute("class")!;
        double size = cssClass == "title" ? SvgStyle.TitleSize : cssClass == "heading" ? SvgStyle.HeadingSize : SvgStyle.TextSize;
        string own = string.Concat(text.Nodes().OfType<XText>().Select(node => node.Value));
        double width = TextMetrics.Width(own, size, bold: cssClass != "quiet")
            + text.Elements().Sum(span => TextMetrics.Width(span.Value, SvgStyle.TextSize));
        double x = Number(text, "x");
        return (string?)text.Attribute("text-anchor") switch
        {
            "middle" => (x - width / 2, x + width / 2),
            "end" => (x - width, x),
            _ => (x, x + width),
        };
    }

    private static void AssertNumbers(XElement element, double most, params string[] attributes)
    {
        foreach (string attribute in attributes.Where(name => element.Attribute(name) is not null))
        {
            Assert.Matches(WholeNumberPattern(), (string)element.Attribute(attribute)!);
            Assert.InRange(Number(element, attribute), 0, most);
        }
    }

    [GeneratedRegex(@"^-?\d+(\.\d{1,2})?$")]
    private static partial Regex WholeNumberPattern();

    [GeneratedRegex(@"-?\d+(\.\d{1,2})?")]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"^([ML]-?\d+(\.\d{1,2})? -?\d+(\.\d{1,2})?)+Z?$")]
    private static partial Regex PathPattern();
}
