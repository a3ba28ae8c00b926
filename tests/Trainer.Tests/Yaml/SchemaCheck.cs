using System.Text.Json;

namespace Trainer.Tests.Yaml;

/// <summary>
/// The part of JSON Schema draft 7 that our schemas use, in its plainest form. It refuses a schema with a keyword it does
/// not know, so that no part of a schema goes unchecked.
/// </summary>
internal static class SchemaCheck
{
    /// <summary>Whether <paramref name="value"/> satisfies <paramref name="schema"/>.</summary>
    public static bool Accepts(JsonElement schema, JsonElement value) =>
        schema.EnumerateObject().All(keyword => Holds(schema, keyword, value));

    private static bool Holds(JsonElement schema, JsonProperty keyword, JsonElement value) => keyword.Name switch
    {
        "$schema" or "title" or "description" or "default" => true,
        "type" => keyword.Value.ValueKind == JsonValueKind.Array
            ? keyword.Value.EnumerateArray().Any(type => IsOfType(value, type.GetString()!))
            : IsOfType(value, keyword.Value.GetString()!),
        "const" => JsonElement.DeepEquals(keyword.Value, value),
        "enum" => keyword.Value.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)),
        "anyOf" => keyword.Value.EnumerateArray().Any(one => Accepts(one, value)),
        "items" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(item => Accepts(keyword.Value, item)),
        "required" => value.ValueKind != JsonValueKind.Object
            || keyword.Value.EnumerateArray().All(key => value.TryGetProperty(key.GetString()!, out _)),
        "properties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(
            entry => !keyword.Value.TryGetProperty(entry.Name, out JsonElement inner) || Accepts(inner, entry.Value)),
        "additionalProperties" => keyword.Value.ValueKind == JsonValueKind.False && (value.ValueKind != JsonValueKind.Object
            || value.EnumerateObject().All(entry => schema.GetProperty("properties").TryGetProperty(entry.Name, out _))),
        "minimum" => !IsNumber(value) || value.GetDouble() >= keyword.Value.GetDouble(),
        "maximum" => !IsNumber(value) || value.GetDouble() <= keyword.Value.GetDouble(),
        "exclusiveMinimum" => !IsNumber(value) || value.GetDouble() > keyword.Value.GetDouble(),
        "exclusiveMaximum" => !IsNumber(value) || value.GetDouble() < keyword.Value.GetDouble(),
        _ => throw new NotSupportedException($"the schema uses '{keyword.Name}'"),
    };

    private static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number;

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => IsNumber(value),
        "integer" => IsNumber(value) && double.IsInteger(value.GetDouble()),
        _ => throw new NotSupportedException($"the schema uses the type '{type}'"),
    };
}
