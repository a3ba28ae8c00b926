using System.Text;
using System.Xml.Linq;

namespace Trainer.Reports;

/// <summary>
/// Writes a tree of elements as HTML. Every text and attribute is escaped; only what stands in script and style, which are our
/// own assets and JSON, is written as it is, and refused where it would end its element. What is written is well-formed XML too
/// but for those two, so that a test can read it back.
/// </summary>
internal static class HtmlText
{
    private const char Replacement = '\uFFFD';

    private static readonly HashSet<string> Void = new(StringComparer.Ordinal) { "meta", "br", "hr", "img", "input", "link", "col" };
    private static readonly HashSet<string> Raw = new(StringComparer.Ordinal) { "script", "style" };
    private static readonly HashSet<string> Blocks = new(StringComparer.Ordinal)
    {
        "html", "head", "body", "section", "div", "table", "thead", "tbody", "tr", "p", "h1", "h2", "h3", "ul", "li", "dl", "dt", "dd",
        "figure", "details", "summary", "script", "style", "meta", "title", "header", "main", "footer", "nav", "caption", "pre", "form",
    };

    /// <summary>The page whose root is <paramref name="root"/>.</summary>
    /// <exception cref="ArgumentException">A script or a style sheet has its own end tag inside.</exception>
    public static string Page(XElement root)
    {
        var text = new StringBuilder("<!DOCTYPE html>\n");
        Write(text, root);
        return text.Append('\n').ToString();
    }

    private static void Write(StringBuilder text, XElement element)
    {
        string name = element.Name.LocalName;
        if (Blocks.Contains(name) && text[^1] != '\n')
        {
            text.Append('\n');
        }
        text.Append('<').Append(name);
        foreach (XAttribute attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
        {
            string prefix = attribute.Name.NamespaceName.EndsWith("/xlink", StringComparison.Ordinal) ? "xlink:" : "";
            text.Append(' ').Append(prefix).Append(attribute.Name.LocalName).Append("=\"");
            Escape(text, attribute.Value);
            text.Append('"');
        }
        if (Void.Contains(name))
        {
            text.Append(" />");
            return;
        }
        text.Append('>');
        if (Raw.Contains(name))
        {
            text.Append(Checked(name, element.Value));
        }
        else
        {
            WriteChildren(text, element);
        }
        text.Append("</").Append(name).Append('>');
    }

    private static void WriteChildren(StringBuilder text, XElement element)
    {
        foreach (XNode node in element.Nodes())
        {
            switch (node)
            {
                case XElement child:
                    Write(text, child);
                    break;
                case XText words:
                    Escape(text, words.Value);
                    break;
                default:
                    break;
            }
        }
    }

    private static string Checked(string name, string content) =>
        content.Contains("</" + name, StringComparison.OrdinalIgnoreCase) || content.Contains("<!--", StringComparison.Ordinal)
            ? throw new ArgumentException($"a {name} with its own end in it", nameof(content))
            : content;

    private static void Escape(StringBuilder text, string value)
    {
        foreach (char letter in value)
        {
            _ = letter switch
            {
                '&' => text.Append("&amp;"),
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '"' => text.Append("&quot;"),
                '\'' => text.Append("&#39;"),
                // What no document can hold, from a message perhaps.
                < ' ' and not ('\n' or '\t') => text.Append(Replacement),
                _ => text.Append(letter),
            };
        }
    }
}
