using System.Xml;
using System.Xml.Linq;

namespace Trainer.Reports;

/// <summary>Our own pictures as parts of a page: without a style sheet of their own, so that they follow the page's light and dark.</summary>
internal static class InlineSvg
{
    /// <summary>The picture in <paramref name="svg"/>; where that is no picture, a line that says so.</summary>
    public static XElement Figure(string svg)
    {
        try
        {
            XElement root = XDocument.Parse(svg).Root!;
            string Text(string name) => root.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value ?? "";
            XElement inline = Plain(root);
            inline.SetAttributeValue("role", "img");
            inline.SetAttributeValue("aria-label", $"{Text("title")}. {Text("desc")}");
            return Html.Tag("figure.picture", Html.With("tabindex", "0"), Html.With("role", "group"), Html.With("aria-label", Text("title")), inline);
        }
        catch (XmlException)
        {
            return Html.Tag("p", "The picture cannot be read; make it again.");
        }
    }

    /// <summary>An element as HTML has it: no namespaces, no title that hovers over the picture, nothing that could run.</summary>
    private static XElement Plain(XElement element) => new(
        element.Name.LocalName,
        element.Attributes()
            .Where(attribute => !attribute.IsNamespaceDeclaration && !attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase))
            .Select(attribute => new XAttribute(attribute.Name.LocalName, attribute.Value)),
        element.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "style" or "script" or "title" or "desc" or "foreignObject" } => null,
            XElement child => Plain(child),
            XText text => new XText(text.Value),
            _ => (object?)null,
        }));
}
