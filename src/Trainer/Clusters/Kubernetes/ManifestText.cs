using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trainer.Yaml;

namespace Trainer.Clusters.Kubernetes;

/// <summary>A manifest as YAML, a key a line. All text is in quotes, so that no value is taken for another kind or ends its line.</summary>
internal static class ManifestText
{
    private const string Deeper = "  ";

    /// <summary>The text, with LF.</summary>
    public static string Of(JsonObject manifest)
    {
        var text = new StringBuilder();
        Write(text, manifest, "");
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonObject mapping, string indent)
    {
        foreach ((string key, JsonNode? value) in mapping)
        {
            text.Append(indent);
            Entry(text, key + ":", value!, indent);
        }
    }

    private static void Entry(StringBuilder text, string head, JsonNode value, string indent)
    {
        text.Append(head);
        switch (value)
        {
            case JsonObject mapping:
                text.Append('\n');
                Write(text, mapping, indent + Deeper);
                break;
            case JsonArray list:
                text.Append('\n');
                foreach (JsonNode? item in list)
                {
                    Item(text, item!, indent + Deeper);
                }
                break;
            default:
                text.Append(' ').Append(Scalar(value)).Append('\n');
                break;
        }
    }

    /// <summary>A mapping begins on the line of its dash.</summary>
    private static void Item(StringBuilder text, JsonNode item, string indent)
    {
        text.Append(indent).Append("- ");
        if (item is JsonObject mapping)
        {
            int start = text.Length;
            Write(text, mapping, indent + Deeper);
            text.Remove(start, indent.Length + Deeper.Length);
        }
        else
        {
            text.Append(Scalar(item)).Append('\n');
        }
    }

    private static string Scalar(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.String ? FlowText.Quoted(value.GetValue<string>()) : value.ToJsonString();
}
