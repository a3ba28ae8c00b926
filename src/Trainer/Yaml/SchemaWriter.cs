using System.Collections;
using System.ComponentModel;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Trainer.Configuration;

namespace Trainer.Yaml;

/// <summary>
/// The JSON Schema (draft 7, which editors know best) of a configuration type, so that an editor completes keys, shows
/// their descriptions and underlines mistakes. Made from the same records as the reader's checks.
/// </summary>
internal sealed class SchemaWriter
{
    private readonly Utf8JsonWriter _json;

    private SchemaWriter(Utf8JsonWriter json) => _json = json;

    /// <summary>The schema: indented by two, LF, the same text every time.</summary>
    public static string Write(Type type)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions
        {
            Indented = true,
            IndentSize = 2,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (var json = new Utf8JsonWriter(stream, options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "http://json-schema.org/draft-07/schema#");
            json.WriteString("title", KeyName.Kebab(type.Name));
            new SchemaWriter(json).Body(ValueShape.Of(type, false), null);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private void Key(ConfigKey key)
    {
        _json.WriteStartObject(key.Name);
        if (key.Description is not null)
        {
            _json.WriteString("description", key.Description);
        }
        if (!key.IsRequired)
        {
            _json.WritePropertyName("default");
            Value(key.Shape, key.Default);
        }
        if (key.Shape.IsNullable && key.Shape.Kind is (ValueKind.Record or ValueKind.Variant))
        {
            _json.WriteStartArray("anyOf");
            _json.WriteStartObject();
            Body(key.Shape, null);
            _json.WriteEndObject();
            _json.WriteStartObject();
            _json.WriteString("type", "null");
            _json.WriteEndObject();
            _json.WriteEndArray();
        }
        else
        {
            Body(key.Shape, key.Bounds);
        }
        _json.WriteEndObject();
    }

    private void Body(ValueShape shape, BoundsAttribute? bounds)
    {
        switch (shape.Kind)
        {
            case ValueKind.Record:
                Record(ConfigShape.Of(shape.Type), null);
                break;
            case ValueKind.Variant:
                Variant(Registry.Of(shape.Type));
                break;
            case ValueKind.Choice:
                Names(shape.IsNullable ? shape.Names.Append<string?>(null) : shape.Names);
                break;
            case ValueKind.IntegerList or ValueKind.NumberList or ValueKind.VariantList:
                JsonType("array", shape.IsNullable);
                _json.WriteStartObject("items");
                Body(shape.Element, bounds);
                _json.WriteEndObject();
                break;
            default:
                JsonType(NameOf(shape.Kind), shape.IsNullable);
                Limits(shape.Kind, bounds);
                break;
        }
    }

    private static string NameOf(ValueKind kind) => kind switch
    {
        ValueKind.Text => "string",
        ValueKind.Number => "number",
        ValueKind.Flag => "boolean",
        _ => "integer",
    };

    private void JsonType(string name, bool isNullable)
    {
        if (!isNullable)
        {
            _json.WriteString("type", name);
            return;
        }
        _json.WriteStartArray("type");
        _json.WriteStringValue(name);
        _json.WriteStringValue("null");
        _json.WriteEndArray();
    }

    private void Limits(ValueKind kind, BoundsAttribute? bounds)
    {
        if (bounds is null && kind == ValueKind.Unsigned)
        {
            _json.WriteNumber("minimum", ulong.MinValue);
            _json.WriteNumber("maximum", ulong.MaxValue);
        }
        if (bounds is not null && double.IsFinite(bounds.Minimum))
        {
            _json.WriteNumber(bounds.ExclusiveMinimum ? "exclusiveMinimum" : "minimum", bounds.Minimum);
        }
        if (bounds is not null && double.IsFinite(bounds.Maximum))
        {
            _json.WriteNumber(bounds.ExclusiveMaximum ? "exclusiveMaximum" : "maximum", bounds.Maximum);
        }
    }

    /// <summary>One of several words; null among them where null is a value.</summary>
    private void Names(IEnumerable<string?> names)
    {
        string?[] all = [.. names];
        if (all.Length == 1)
        {
            _json.WriteString("const", all[0]);
            return;
        }
        _json.WriteStartArray("enum");
        Array.ForEach(all, _json.WriteStringValue);
        _json.WriteEndArray();
    }

    private void Description(Type kind)
    {
        if (kind.GetCustomAttribute<DescriptionAttribute>(inherit: false) is { } attribute)
        {
            _json.WriteString("description", attribute.Description);
        }
    }

    private void Record(ConfigShape shape, IReadOnlyList<string>? variantNames)
    {
        JsonType("object", false);
        _json.WriteBoolean("additionalProperties", false);
        IEnumerable<string> required = shape.Keys.Where(key => key.IsRequired).Select(key => key.Name);
        string[] needed = variantNames is null ? [.. required] : [ConfigShape.NameKey, .. required];
        if (needed.Length > 0)
        {
            _json.WriteStartArray("required");
            Array.ForEach(needed, _json.WriteStringValue);
            _json.WriteEndArray();
        }
        _json.WriteStartObject("properties");
        if (variantNames is not null)
        {
            _json.WriteStartObject(ConfigShape.NameKey);
            Names(variantNames);
            _json.WriteEndObject();
        }
        foreach (ConfigKey key in shape.Keys)
        {
            Key(key);
        }
        _json.WriteEndObject();
    }

    private void Variant(Registry registry)
    {
        _json.WriteStartArray("anyOf");
        foreach (Type type in registry.Types)
        {
            ConfigShape shape = ConfigShape.Of(type);
            IReadOnlyList<string> names = Registry.NamesOf(type);
            if (shape.IsOptional)
            {
                _json.WriteStartObject();
                Description(type);
                Names(names);
                _json.WriteEndObject();
            }
            _json.WriteStartObject();
            Description(type);
            Record(shape, names);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    /// <summary>A default, in the form that the writer gives it.</summary>
    private void Value(ValueShape shape, object? value)
    {
        switch (value)
        {
            case null:
                _json.WriteNullValue();
                break;
            case bool flag:
                _json.WriteBooleanValue(flag);
                break;
            case string text:
                _json.WriteStringValue(text);
                break;
            case IEnumerable list:
                _json.WriteStartArray();
                foreach (object item in list)
                {
                    Value(shape.Element, item);
                }
                _json.WriteEndArray();
                break;
            case int number:
                _json.WriteNumberValue(number);
                break;
            case ulong number:
                _json.WriteNumberValue(number);
                break;
            case double number:
                _json.WriteNumberValue(number);
                break;
            case Enum:
                _json.WriteStringValue(FlowText.Of(shape, value));
                break;
            default:
                RecordValue(shape, value);
                break;
        }
    }

    private void RecordValue(ValueShape shape, object value)
    {
        if (FlowText.IsNameAlone(shape, value, static _ => true))
        {
            _json.WriteStringValue(Registry.NameOf(value.GetType()));
            return;
        }
        _json.WriteStartObject();
        if (shape.Kind == ValueKind.Variant)
        {
            _json.WriteString(ConfigShape.NameKey, Registry.NameOf(value.GetType()));
        }
        foreach (ConfigKey key in ConfigShape.Of(value.GetType()).Keys)
        {
            _json.WritePropertyName(key.Name);
            Value(key.Shape, key.ValueIn(value));
        }
        _json.WriteEndObject();
    }
}
