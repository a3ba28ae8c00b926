using System.Globalization;
using System.Text;
using System.Xml;

namespace Trainer.Charts;

/// <summary>
/// Writes one SVG 1.1 document: elements, escaped text, and numbers of at most two decimals in the invariant culture,
/// so that the same calls give the same bytes everywhere.
/// </summary>
internal sealed class SvgWriter : IDisposable
{
    private const string SvgNamespace = "http://www.w3.org/2000/svg";
    private const string XLinkNamespace = "http://www.w3.org/1999/xlink";
    private const char Replacement = '\uFFFD';

    private readonly XmlWriter _xml;

    /// <summary>Begins a document of the given size and describes it for people who cannot see it.</summary>
    /// <param name="destination">Receives the bytes, UTF-8 without a mark; stays open.</param>
    /// <param name="width">Width in user units.</param>
    /// <param name="height">Height in user units.</param>
    /// <param name="title">A name for the picture.</param>
    /// <param name="description">What it shows.</param>
    /// <param name="style">Its style sheet; rules should begin with <c>.figure</c>, so that they touch nothing around it.</param>
    public SvgWriter(Stream destination, double width, double height, string title, string description, string style)
    {
        _xml = XmlWriter.Create(destination, new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Indent = true,
            IndentChars = " ",
            NewLineChars = "\n",
            CloseOutput = false,
        });
        _xml.WriteStartDocument();
        _xml.WriteStartElement("svg", SvgNamespace);
        _xml.WriteAttributeString("xmlns", "xlink", null, XLinkNamespace);
        Attributes(
            ("version", "1.1"), ("class", "figure"), ("width", Number(width)), ("height", Number(height)),
            ("viewBox", $"0 0 {Number(width)} {Number(height)}"));
        _xml.WriteElementString("title", SvgNamespace, Clean(title));
        _xml.WriteElementString("desc", SvgNamespace, Clean(description));
        Begin("style", ("type", "text/css"));
        _xml.WriteString(style.ReplaceLineEndings("\n"));
        _xml.WriteEndElement();
        Rectangle("page", 0, 0, width, height);
    }

    /// <summary>A number as it stands in the document.</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), "a coordinate must be finite");
        }
        string text = value.ToString("0.##", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    /// <summary>Opens a group.</summary>
    public void BeginGroup(string cssClass) => Begin("g", ("class", cssClass));

    /// <summary>Closes the group opened last.</summary>
    public void EndGroup() => _xml.WriteEndElement();

    /// <summary>A rectangle.</summary>
    public void Rectangle(string cssClass, double left, double top, double width, double height) => Empty(
        "rect", ("class", cssClass), ("x", Number(left)), ("y", Number(top)), ("width", Number(width)), ("height", Number(height)));

    /// <summary>A rectangle that lets what lies below it shine through.</summary>
    public void Rectangle(string cssClass, double left, double top, double width, double height, double opacity) => Empty(
        "rect", ("class", cssClass), ("x", Number(left)), ("y", Number(top)), ("width", Number(width)), ("height", Number(height)),
        ("fill-opacity", Number(opacity)));

    /// <summary>A straight line.</summary>
    public void Line(string cssClass, double x1, double y1, double x2, double y2) => Empty(
        "line", ("class", cssClass), ("x1", Number(x1)), ("y1", Number(y1)), ("x2", Number(x2)), ("y2", Number(y2)));

    /// <summary>A circle.</summary>
    public void Circle(string cssClass, double x, double y, double radius) => Empty(
        "circle", ("class", cssClass), ("cx", Number(x)), ("cy", Number(y)), ("r", Number(radius)));

    /// <summary>A path; <paramref name="data"/> is made with <see cref="Number"/>.</summary>
    public void Path(string cssClass, string data) => Empty("path", ("class", cssClass), ("d", data));

    /// <summary>A PNG held inside the document.</summary>
    public void Image(string cssClass, double left, double top, double width, double height, ReadOnlySpan<byte> png)
    {
        _xml.WriteStartElement("image", SvgNamespace);
        Attributes(
            ("class", cssClass), ("x", Number(left)), ("y", Number(top)), ("width", Number(width)), ("height", Number(height)));
        _xml.WriteAttributeString("href", XLinkNamespace, "data:image/png;base64," + Convert.ToBase64String(png));
        _xml.WriteEndElement();
    }

    /// <summary>One line of text that begins, is centred or ends at <paramref name="x"/>, its base line at <paramref name="y"/>.</summary>
    public void Text(string cssClass, double x, double y, string text, TextAnchor anchor = TextAnchor.Start) =>
        Text(x, y, anchor, (cssClass, text));

    /// <summary>One line of text that rises to the right from its beginning at (<paramref name="x"/>, <paramref name="y"/>), by 45 degrees.</summary>
    public void SlantedText(string cssClass, double x, double y, string text)
    {
        _xml.WriteStartElement("text", SvgNamespace);
        Attributes(("class", cssClass), ("x", Number(x)), ("y", Number(y)), ("transform", $"rotate(-45 {Number(x)} {Number(y)})"));
        _xml.WriteString(Clean(text));
        _xml.WriteEndElement();
    }

    /// <summary>One line of text in pieces of different look, set one after the other.</summary>
    public void Text(double x, double y, TextAnchor anchor, params ReadOnlySpan<(string CssClass, string Text)> pieces)
    {
        _xml.WriteStartElement("text", SvgNamespace);
        Attributes(("class", pieces[0].CssClass), ("x", Number(x)), ("y", Number(y)));
        if (anchor != TextAnchor.Start)
        {
            Attributes(("text-anchor", anchor == TextAnchor.Middle ? "middle" : "end"));
        }
        _xml.WriteString(Clean(pieces[0].Text));
        foreach ((string cssClass, string text) in pieces[1..])
        {
            _xml.WriteStartElement("tspan", SvgNamespace);
            Attributes(("class", cssClass));
            _xml.WriteString(Clean(text));
            _xml.WriteEndElement();
        }
        _xml.WriteEndElement();
    }

    /// <summary>Ends the document.</summary>
    public void Dispose()
    {
        _xml.WriteEndElement();
        _xml.WriteWhitespace("\n");
        _xml.Dispose();
    }

    /// <summary>The text with what XML cannot hold at all replaced, and line breaks made spaces; markup is escaped on writing.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool allowed = !rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value);
            clean.Append(Rune.IsWhiteSpace(rune) ? " " : allowed ? rune.ToString() : Replacement.ToString());
        }
        return clean.ToString();
    }

    private void Empty(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin(element, attributes);
        _xml.WriteEndElement();
    }

    private void Begin(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _xml.WriteStartElement(element, SvgNamespace);
        Attributes(attributes);
    }

    private void Attributes(params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        foreach ((string name, string value) in attributes)
        {
            _xml.WriteAttributeString(name, value);
        }
    }
}
