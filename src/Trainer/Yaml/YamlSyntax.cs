using Trainer.Failures;
using YamlDotNet.Core;

namespace Trainer.Yaml;

/// <summary>The parser's complaints about a text that is not YAML, in words for people who do not know its grammar.</summary>
internal static class YamlSyntax
{
    private const string Quotes = "a closing quote is missing, or a line in between is not indented";
    private const string Brackets = "a closing bracket or a ',' is missing, or there is one too many";
    private const string Indentation = "a key does not line up with its neighbours; indent keys of one level alike";
    private const string Tag = "a tag ('!...'); remove it, the key decides the type";
    private const string Stray = "this belongs to nothing above it; indent keys of one level alike";
    private const string TwoColons = "a second ':' in one value; put the value in quotes, or line the second key up with the first";

    private static readonly Dictionary<string, string> Plain = new(StringComparer.Ordinal)
    {
        ["While scanning a simple key, could not find expected ':'."] = "a key without ':' after it",
        ["While parsing a block mapping, did not find expected key."] = Indentation,
        ["While parsing a block collection, did not find expected '-' indicator."] =
            "a list's element without '- ' before it, or not lined up with the others",
        ["While parsing a flow mapping, did not find expected ',' or '}'."] = Brackets,
        ["While parsing a flow mapping,  did not find expected ',' or '}'."] = Brackets,
        ["While parsing a flow sequence, did not find expected ',' or ']'."] = Brackets,
        ["While parsing a node, did not find expected node content."] = "a value is missing before this",
        ["While scanning a quoted scalar, found unexpected end of stream."] = Quotes,
        ["While scanning a quoted scalar, found unexpected document indicator."] = Quotes,
        ["While scanning a multi-line double-quoted scalar, found wrong indentation."] = Quotes,
        ["While scanning a quoted scalar, found unknown escape character."] =
            "an unknown escape ('\\...') in double quotes; use single quotes to have '\\' itself",
        ["While scanning a quoted scalar, did not find expected hexadecimal number."] =
            "an incomplete escape ('\\x..', '\\u....') in double quotes",
        ["While scanning a quoted scalar, found invalid Unicode character escape code."] =
            "an escape in double quotes that is no character",
        ["While scanning a quoted scalar, found invalid Unicode surrogates."] =
            "an escape in double quotes that is no character",
        ["Mapping values are not allowed in this context."] = TwoColons,
        ["While scanning a plain scalar value, found invalid mapping."] = TwoColons,
        ["While scanning a multiline plain scalar, found invalid mapping."] =
            "a ':' after text that began a line above; either a ':' is missing there, or this is indented too deep",
        ["Block sequence entries are not allowed in this context."] = "a '- ' where no list can begin; begin it on a new line",
        ["Mapping keys are not allowed in this context."] = "a '?' where no key can begin",
        ["While scanning for the next token, found character that cannot start any token."] =
            "a value cannot begin with this character; put the value in quotes",
        ["Did not find expected <document start>."] = Stray,
        ["Did not find expected <document end>."] = Stray,
        ["Unexpected comma at end of tag"] = Tag,
    };

    // By what the parser was doing: what it then stumbled over is no help, since the thing itself is not taken.
    private static readonly Dictionary<string, string> ByTask = new(StringComparer.Ordinal)
    {
        ["While scanning a tag"] = Tag,
        ["While scanning an anchor or alias"] = "an anchor or an alias ('&', '*'); write the value out, or put it in quotes",
        ["While scanning a block scalar"] = "text on the line of '|' or '>'; begin it on the next line, or put it in quotes",
    };

    /// <summary>The one line for what the parser threw.</summary>
    /// <param name="thrown">The exception; some of the parser's have others around them.</param>
    /// <param name="reached">How far the parser had come, for exceptions that do not say where they belong.</param>
    public static ConfigException Problem(Exception thrown, Place reached)
    {
        Exception root = thrown.GetBaseException();
        (Place place, string words) = root switch
        {
            YamlException known => (reached.At(known.Start.Line, known.Start.Column), Words(known.Message)),
            // The scanner's only word for a line inside brackets that begins left of the key before them.
            InvalidOperationException => (reached, "a line inside brackets is not indented"),
            _ => (reached, "it cannot be understood here"),
        };
        return place.Problem("", $"not valid YAML: {words}", thrown);
    }

    /// <summary>Our words; where there are none, "While doing this, found that." becomes "found that".</summary>
    private static string Words(string message)
    {
        int comma = message.StartsWith("While ", StringComparison.Ordinal) ? message.IndexOf(", ", StringComparison.Ordinal) : -1;
        if (Plain.TryGetValue(message, out string? words) || (comma > 0 && ByTask.TryGetValue(message[..comma], out words)))
        {
            return words;
        }
        string rest = message[(comma < 0 ? 0 : comma + 2)..].TrimEnd('.');
        return rest.Length == 0 ? "it cannot be understood here" : char.ToLowerInvariant(rest[0]) + rest[1..];
    }
}
