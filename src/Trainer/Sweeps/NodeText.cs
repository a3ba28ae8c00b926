using System.Text;
using Trainer.Yaml;

namespace Trainer.Sweeps;

/// <summary>A value as it is written, on one line and always alike: <c>0.1</c>, <c>[128, 64]</c>, <c>{name: adam, lr: 0.001}</c>.</summary>
internal static class NodeText
{
    /// <summary>The text of <paramref name="node"/>; it reads back as the same value.</summary>
    public static string Of(ConfigNode node) => node switch
    {
        ScalarNode { IsPlain: true } plain => plain.Text,
        ScalarNode quoted => Quoted(quoted.Text),
        SequenceNode list => $"[{string.Join(", ", list.Items.Select(Of))}]",
        MappingNode mapping => $"{{{string.Join(", ", mapping.Entries.Select(entry => $"{entry.Key}: {Of(entry.Value)}"))}}}",
        _ => throw new ArgumentOutOfRangeException(nameof(node), node.Described, null),
    };

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            quoted.Append(c switch { '"' => "\\\"", '\\' => "\\\\", '\n' => "\\n", '\t' => "\\t", _ => c.ToString() });
        }
        return quoted.Append('"').ToString();
    }
}
