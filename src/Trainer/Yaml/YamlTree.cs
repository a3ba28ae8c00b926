using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Trainer.Yaml;

/// <summary>
/// Builds our tree from the parser's events. It takes the plain part of YAML that every reader of a configuration
/// understands: mappings with words for keys, lists, scalars, comments. Anchors, aliases, tags, merge keys, directives,
/// several documents, repeated keys and deep nesting are refused where they stand, before anything is built from them.
/// </summary>
internal sealed class YamlTree
{
    /// <summary>How deep mappings and lists may be nested; the top-level mapping is the first level.</summary>
    public const int MaximumDepth = 16;

    /// <summary>How many keys a mapping may have. The most that any of ours takes are 26; what is done with keys takes a time that
    /// grows with their square.</summary>
    public const int MostKeys = 1000;

    /// <summary>How many elements a list may have: as many as there are cells in the largest sweep.</summary>
    public const int MostItems = 10_000;

    private const string StandardTagHandle = "!!";
    private const string StandardTagPrefix = "tag:yaml.org,2002:";

    private readonly Scanner _scanner;
    private readonly Parser _parser;
    private readonly Place _start;

    private YamlTree(string text, Place start)
    {
        _start = start;
        string checkedText = YamlText.Checked(text, start);
        RefuseDirectives(checkedText, start);
        _scanner = new Scanner(new StringReader(checkedText), skipComments: true);
        _parser = new Parser(_scanner);
    }

    /// <summary>The top-level mapping of a configuration file's text.</summary>
    /// <exception cref="Failures.ConfigException">The text is not in the part of YAML that is taken.</exception>
    public static MappingNode Parse(string text, string file)
    {
        Place start = Place.FileStart(file);
        ConfigNode node = new YamlTree(text, start).Document("");
        if (node.IsNull)
        {
            throw start.Problem("", "nothing in it; write keys with values, one 'key: value' a line");
        }
        return node as MappingNode
            ?? throw node.Place.Problem("", $"expected keys with values ('key: value'), found {node.Described}");
    }

    /// <summary>
    /// The value of an override: a scalar, <c>[128, 64]</c> or <c>{name: adam, lr: 1e-3}</c>, on one line.
    /// </summary>
    /// <exception cref="Failures.ConfigException">The text is something else.</exception>
    public static ConfigNode ParseValue(string text, Place place, string path) =>
        new YamlTree(text, place).Document(path);

    private ConfigNode Document(string path)
    {
        Next();
        if (Next() is not DocumentStart)
        {
            return new ScalarNode(_start, "", IsPlain: true);
        }
        ConfigNode node = Node(Next(), path, 1);
        Next();
        if (Next() is DocumentStart second)
        {
            throw At(second.Start).Problem("", "a second document ('---'); keep one per file");
        }
        return node;
    }

    /// <summary>The parser skips directives that it does not know, and with them what somebody took for a comment.</summary>
    private static void RefuseDirectives(string text, Place start)
    {
        int line = 1;
        foreach (ReadOnlySpan<char> content in text.EnumerateLines())
        {
            if (content.StartsWith("%"))
            {
                throw start.At(line, 1).Problem("", "a line that begins with '%'; a comment begins with '#', a directive is not taken");
            }
            line++;
        }
    }

    private ConfigNode Node(ParsingEvent parsed, string path, int depth)
    {
        Place place = At(parsed.Start);
        RefuseDecoration(parsed, place, path);
        switch (parsed)
        {
            case Scalar scalar:
                return Scalar(scalar, place, path);
            case SequenceStart or MappingStart when depth > MaximumDepth:
                throw place.Problem("", $"nested deeper than {MaximumDepth} levels; no configuration is");
            case SequenceStart sequence:
                RefuseBlock(sequence.Style == SequenceStyle.Block, place, path, "[a, b]");
                return Sequence(place, path, depth);
            case MappingStart mapping:
                RefuseBlock(mapping.Style == MappingStyle.Block, place, path, "{a: 1, b: 2}");
                return Mapping(place, path, depth);
            default:
                throw place.Problem(path, "not valid YAML: a value is missing");
        }
    }

    /// <summary>What YAML can do to make one value stand for another, or for something else than it shows.</summary>
    private static void RefuseDecoration(ParsingEvent parsed, Place place, string path)
    {
        switch (parsed)
        {
            case AnchorAlias alias:
                throw place.Problem(path, $"an alias ('*{Excerpt.Of(alias.Value.Value)}'); write the value out");
            case NodeEvent node when !node.Anchor.IsEmpty:
                throw place.Problem(path, $"an anchor ('&{Excerpt.Of(node.Anchor.Value)}'); remove it and write values out");
            case NodeEvent node when !node.Tag.IsEmpty:
                throw place.Problem(path, $"a tag ('{Excerpt.Of(Written(node.Tag))}'); remove it, the key decides the type");
        }
    }

    /// <summary>The parser spells <c>!!int</c> out.</summary>
    private static string Written(TagName tag) =>
        tag.Value.Replace(StandardTagPrefix, StandardTagHandle, StringComparison.Ordinal);

    private static void RefuseBlock(bool isBlock, Place place, string path, string form)
    {
        if (isBlock && place.IsOverride)
        {
            throw place.Problem(path, $"several values need brackets: {form}");
        }
    }

    private static ScalarNode Scalar(Scalar scalar, Place place, string path)
    {
        // Escapes in double quotes can bring back what the check of the text has kept out.
        if (scalar.Value.Any(c => char.IsControl(c) && c is not ('\n' or '\t')) || !IsWellFormed(scalar.Value))
        {
            throw place.Problem(path, $"\"{Excerpt.Of(scalar.Value)}\" has an invisible character in it; remove its escape");
        }
        return new ScalarNode(place, scalar.Value, scalar.Style == ScalarStyle.Plain);
    }

    /// <summary>Whether every half of a surrogate pair has its other half.</summary>
    private static bool IsWellFormed(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar && !text.Contains('\uFFFD'))
            {
                return false;
            }
        }
        return true;
    }

    private SequenceNode Sequence(Place place, string path, int depth)
    {
        var items = new List<ConfigNode>();
        for (ParsingEvent next = Next(); next is not SequenceEnd; next = Next())
        {
            if (items.Count == MostItems)
            {
                throw At(next.Start).Problem(path, $"more than {MostItems} elements in one list; no configuration has as many");
            }
            items.Add(Node(next, FormattableString.Invariant($"{path}[{items.Count}]"), depth + 1));
        }
        return new SequenceNode(place, items);
    }

    private MappingNode Mapping(Place place, string path, int depth)
    {
        var entries = new List<MappingEntry>();
        var seen = new Dictionary<string, Place>(StringComparer.Ordinal);
        for (ParsingEvent next = Next(); next is not MappingEnd; next = Next())
        {
            (Place at, string key) = Key(next, path);
            if (entries.Count == MostKeys)
            {
                throw at.Problem(path, $"more than {MostKeys} keys in one mapping; no configuration has as many");
            }
            string keyPath = MappingNode.PathOf(path, key);
            if (!seen.TryAdd(key, at))
            {
                string first = at.IsOverride ? "" : FormattableString.Invariant($"; it is first given in line {seen[key].Line}");
                throw at.Problem(keyPath, $"repeated{first}; keep one");
            }
            entries.Add(new MappingEntry(at, key, Node(Next(), keyPath, depth + 1)));
        }
        return new MappingNode(place, entries);
    }

    private (Place Place, string Key) Key(ParsingEvent parsed, string path)
    {
        Place place = At(parsed.Start);
        RefuseDecoration(parsed, place, path);
        if (parsed is not Scalar scalar)
        {
            throw place.Problem(path, $"a key must be a single word, not a {(parsed is MappingStart ? "mapping" : "list")}");
        }
        ScalarNode key = Scalar(scalar, place, path);
        return key.Text switch
        {
            "" => throw place.Problem(path, "a value without a key"),
            "<<" when key.IsPlain => throw place.Problem(path, "a merge key ('<<'); write the keys out"),
            _ => (place, key.Text),
        };
    }

    private Place At(Mark mark) => _start.At(mark.Line, mark.Column);

    private ParsingEvent Next()
    {
        try
        {
            return _parser.MoveNext() && _parser.Current is { } parsed
                ? parsed
                : throw new SyntaxErrorException("Found unexpected end of stream.");
        }
        // Whatever another's parser throws for a text is this text's fault, and is told as such.
        catch (Exception e)
        {
            throw YamlSyntax.Problem(e, At(_scanner.CurrentPosition));
        }
    }
}
