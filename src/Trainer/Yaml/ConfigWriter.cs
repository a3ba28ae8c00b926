using System.Text;
using Trainer.Configuration;

namespace Trainer.Yaml;

/// <summary>
/// Writes a configuration in full and always alike: every key in the order of declaration, LF, invariant culture,
/// shortest digits; only a key that was added later is left out while it has its default, so that older texts stay as they are. Reading the text back gives a record that writes the same text again.
/// </summary>
internal static class ConfigWriter
{
    private const string Indentation = "  ";

    /// <summary>The resolved configuration, as it goes into the run folder.</summary>
    public static string Write(object record) => Text(record, static _ => true);

    /// <summary>
    /// The part of it that makes two experiments the same: without keys marked <see cref="NotIdentityAttribute"/>, and
    /// without mappings that hold nothing else.
    /// </summary>
    public static string Identity(object record) => Text(record, static key => key.IsIdentity);

    private static string Text(object record, Func<ConfigKey, bool> included)
    {
        var text = new StringBuilder();
        bool isVariant = ConfigShape.Of(record.GetType()).VariantName is not null;
        Keys(text, record, isVariant, "", included);
        return text.ToString();
    }

    private static void Keys(StringBuilder text, object record, bool isVariant, string indent, Func<ConfigKey, bool> included)
    {
        if (isVariant)
        {
            text.Append($"{indent}{ConfigShape.NameKey}: {Registry.NameOf(record.GetType())}\n");
        }
        foreach (ConfigKey key in ConfigShape.Of(record.GetType()).Keys.Where(included))
        {
            if (key.IsAddedLater && key.IsDefaultIn(record))
            {
                continue;
            }
            Key(text, key, key.ValueIn(record), indent, included);
        }
    }

    private static void Key(StringBuilder text, ConfigKey key, object? value, string indent, Func<ConfigKey, bool> included)
    {
        if (value is null || key.Shape.Kind is not (ValueKind.Record or ValueKind.Variant))
        {
            text.Append($"{indent}{key.Name}: {FlowText.Of(key.Shape, value)}\n");
            return;
        }
        if (FlowText.IsNameAlone(key.Shape, value, included))
        {
            text.Append($"{indent}{key.Name}: {Registry.NameOf(value.GetType())}\n");
            return;
        }
        var inner = new StringBuilder();
        Keys(inner, value, key.Shape.Kind == ValueKind.Variant, indent + Indentation, included);
        if (inner.Length > 0)
        {
            text.Append($"{indent}{key.Name}:\n").Append(inner);
        }
        else if (ConfigShape.Of(value.GetType()).Keys.Count == 0)
        {
            text.Append($"{indent}{key.Name}: {{}}\n");
        }
    }
}
