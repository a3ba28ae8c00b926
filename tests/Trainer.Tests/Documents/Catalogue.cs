using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Trainer.Configuration;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Tests.Documents;

/// <summary>
/// Everything that a configuration can choose from, as a table for docs/catalogue.md: names and keys from the registry, the equation
/// from the record's own documentation. A new record is in it by its file alone.
/// </summary>
internal static partial class Catalogue
{
    private static readonly Assembly Core = typeof(Experiment).Assembly;

    private static readonly Dictionary<string, XElement> Summaries = XDocument
        .Load(Path.ChangeExtension(Core.Location, ".xml"))
        .Descendants("member")
        .Where(member => member.Element("summary") is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary")!);

    /// <summary>The table in Markdown, LF at the end of every line.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder("| key | value | what it is | its own keys |\n| --- | --- | --- | --- |\n");
        var seen = new HashSet<Type>();
        AddKeys(text, ConfigShape.Of(typeof(Experiment)), "", seen);
        return text.ToString();
    }

    private static void AddKeys(StringBuilder text, ConfigShape shape, string path, HashSet<Type> seen)
    {
        foreach (ConfigKey key in shape.Keys)
        {
            string place = MappingNode.PathOf(path, key.Name);
            if (key.Shape.Kind == ValueKind.Variant && seen.Add(key.Shape.Type))
            {
                foreach (Type kind in Registry.Of(key.Shape.Type).Types)
                {
                    Row(text, place, Registry.NameOf(kind), kind);
                }
                AddKeys(text, ConfigShape.Of(Registry.Of(key.Shape.Type).Types[0]), place, seen);
            }
            else if (key.Shape.Kind == ValueKind.Record && seen.Add(key.Shape.Type))
            {
                // What the experiment itself consists of is described elsewhere; what it may have besides is of the catalogue.
                if (key.Shape.IsNullable || key.IsAddedLater)
                {
                    Row(text, place, "{…}", key.Shape.Type);
                }
                AddKeys(text, ConfigShape.Of(key.Shape.Type), place, seen);
            }
        }
    }

    private static void Row(StringBuilder text, string key, string value, Type type)
    {
        string keys = string.Join(", ", ConfigShape.Of(type).Keys.Select(own => $"`{own.Name}`"));
        text.Append($"| `{key}` | `{value}` | {Summary(type).Replace("|", "\\|", StringComparison.Ordinal)} | {keys} |\n");
    }

    /// <summary>The first paragraph of a type's documentation, references as plain names.</summary>
    private static string Summary(Type type)
    {
        if (!Summaries.TryGetValue($"T:{type.FullName}", out XElement? summary))
        {
            throw new InvalidOperationException($"{type.Name} is not documented");
        }
        string plain = string.Concat(summary.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" or "paramref" } reference => Name(reference),
            XElement element => element.Value,
            _ => node.ToString(),
        }));
        return Space().Replace(System.Net.WebUtility.HtmlDecode(plain), " ").Trim();
    }

    private static string Name(XElement reference)
    {
        string name = (reference.Attribute("cref") ?? reference.Attribute("langword") ?? reference.Attribute("name"))!.Value;
        string last = name[(name.LastIndexOf('.') + 1)..];
        // As the reader writes them: a key for a property, its name for a kind.
        return name[0] switch
        {
            'P' => $"`{KeyName.Snake(last)}`",
            'T' when Core.GetType(name[2..]) is { } type && type.IsDefined(typeof(ConfigNameAttribute)) => $"`{Registry.NameOf(type)}`",
            _ => last,
        };
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
