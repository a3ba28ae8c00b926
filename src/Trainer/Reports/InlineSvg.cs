using System.Xml;
using System.Xml.Linq;

namespace Trainer.Reports;

/// <summary>Our own pictures as parts of a page: without a style sheet of their own, so that they follow the page's light and dark.
/// A picture may come from a folder that somebody else sent: what our renderer does not write is in no page.</summary>
internal static class InlineSvg
{
    private const string Png = "data:image/png;base64,";

    // Our pictures are three deep.
    private const int Deepest = 16;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly XName Link = XNamespace.Get("http://www.w3.org/1999/xlink") + "href";

    private static readonly HashSet<string> Elements = new(StringComparer.Ordinal) { "svg", "g", "rect", "line", "circle", "path", "image", "text", "tspan" };

    // A title would hover over the picture, a style sheet would style the page; their words are its label.
    private static readonly HashSet<string> LeftOut = new(StringComparer.Ordinal) { "title", "desc", "style" };

    private static readonly HashSet<string> Attributes = new(StringComparer.Ordinal)
    {
        "version", "class", "width", "height", "viewBox", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "d", "fill-opacity", "text-anchor", "transform",
    };

    /// <summary>The picture in <paramref name="svg"/>; where that is none of ours, a line that says so.</summary>
    public static XElement Figure(string svg)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(svg), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            XElement root = XDocument.Load(reader).Root!;
            string Text(string name) => root.Element(Svg + name)?.Value ?? "";
            XElement inline = root.Name == Svg + "svg" ? Plain(root, 1) : throw Foreign(root.Name);
            inline.SetAttributeValue("role", "img");
            inline.SetAttributeValue("aria-label", $"{Text("title")}. {Text("desc")}");
            return Html.Tag("figure.picture", Html.With("tabindex", "0"), Html.With("role", "group"), Html.With("aria-label", Text("title")), inline);
        }
        catch (XmlException)
        {
            return Html.Tag("p", "The picture cannot be read; make it again.");
        }
    }

    /// <summary>An element as HTML has it, without namespaces.</summary>
    private static XElement Plain(XElement element, int depth)
    {
        if (element.Name.Namespace != Svg || !Elements.Contains(element.Name.LocalName) || depth > Deepest)
        {
            throw Foreign(element.Name);
        }
        return new XElement(
            element.Name.LocalName,
            element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => Plain(element, attribute)),
            element.Nodes().Where(node => node is not XElement child || child.Name.Namespace != Svg || !LeftOut.Contains(child.Name.LocalName)).Select(node => node switch
            {
                XElement child => Plain(child, depth + 1),
                XText text => new XText(text.Value),
                _ => (object?)null,
            }));
    }

    private static XAttribute Plain(XElement element, XAttribute attribute) =>
        attribute.Name == Link && element.Name.LocalName == "image" && attribute.Value.StartsWith(Png, StringComparison.Ordinal)
            || Attributes.Contains(attribute.Name.ToString())
            ? new XAttribute(attribute.Name.LocalName, attribute.Value)
            : throw Foreign(attribute.Name);

    private static XmlException Foreign(XName name) => new($"{name} is in no picture of ours");
}
