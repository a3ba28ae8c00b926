using System.Text.Json;
using System.Text.Json.Serialization;
using Trainer.Yaml;

namespace Trainer.Results;

/// <summary>Reads the texts of a file that anybody may have written: what a terminal would obey, and XML cannot hold, is shown as
/// <c>\u001b</c>.</summary>
internal sealed class PrintableText : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return reader.GetString() is { } text ? Excerpt.OneLine(text) : null;
        }
        catch (InvalidOperationException failure)
        {
            // A number, or half of a surrogate pair.
            throw new JsonException(null, failure);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
