using System.Xml.Linq;

namespace Trainer.Reports;

/// <summary>Short ways to build a page out of elements. What is text stays text: it is escaped on writing (<see cref="HtmlText"/>).</summary>
internal static class Html
{
    /// <summary>An element.</summary>
    /// <param name="name">"div", or with classes "div.scroll.wide".</param>
    /// <param name="content">Attributes, elements, texts; null is nothing.</param>
    public static XElement Tag(string name, params object?[] content)
    {
        string[] parts = name.Split('.');
        return new XElement(parts[0], parts.Length > 1 ? new XAttribute("class", string.Join(' ', parts[1..])) : null, content);
    }

    /// <summary>An attribute.</summary>
    public static XAttribute With(string name, string value) => new(name, value);

    /// <summary>An attribute that is either there or not.</summary>
    public static XAttribute? With(string name, bool isThere) => isThere ? new XAttribute(name, "") : null;

    /// <summary>A section that the table of contents leads to.</summary>
    public static XElement Section(string id, string heading, params object?[] content) =>
        Tag("section", With("aria-labelledby", id), Tag("h2", With("id", id), heading), content);

    /// <summary>A box in which a table scrolls by itself, also by keyboard.</summary>
    /// <param name="label">What is in it, for those who hear it.</param>
    /// <param name="classes">Further classes, ".wide" for a table as wide as the page.</param>
    /// <param name="table">The table.</param>
    public static XElement Scroll(string label, string classes, XElement table) =>
        Tag("div.scroll" + classes, With("tabindex", "0"), With("role", "region"), With("aria-label", label), table);

    /// <summary>Lines for a terminal, in a box that scrolls like <see cref="Scroll"/>.</summary>
    public static XElement Lines(string label, string text) =>
        Tag("pre", With("tabindex", "0"), With("role", "region"), With("aria-label", label), text);

    /// <summary>The head of a column that sorts its table.</summary>
    /// <param name="title">What is in the column.</param>
    /// <param name="descendingFirst">Whether the first press puts the largest on top.</param>
    /// <param name="isText">Whether words stand below it, and no numbers.</param>
    /// <param name="sorted">"ascending" or "descending" where the table comes sorted by it.</param>
    public static XElement SortHead(string title, bool descendingFirst = false, bool isText = false, string? sorted = null) => Tag(
        isText ? "th.text" : "th", With("scope", "col"), sorted is null ? null : With("aria-sort", sorted), descendingFirst ? With("data-first", "descending") : null, Tag("button", With("type", "button"), title));

    /// <summary>A column's head.</summary>
    public static XElement Head(string title) => Tag("th", With("scope", "col"), title);

    /// <summary>A row's head.</summary>
    public static XElement RowHead(params object?[] content) => Tag("th", With("scope", "row"), content);

    /// <summary>A part that opens when it is wanted.</summary>
    /// <param name="summary">What it says while it is closed.</param>
    /// <param name="openInPrint">Whether paper has it open.</param>
    /// <param name="content">What is inside.</param>
    public static XElement Fold(string summary, bool openInPrint, params object?[] content) =>
        Tag("details", With("data-print", openInPrint), Tag("summary", summary), content);
}
