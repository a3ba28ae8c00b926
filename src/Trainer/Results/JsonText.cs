using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Trainer.Results;

/// <summary>How all our JSON looks: snake_case keys, two spaces, one line feed at the end.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Indented = Options(indented: true);
    private static readonly JsonSerializerOptions Compact = Options(indented: false);

    // Made when something is read: a run that begins anew reads nothing.
    private static readonly Lazy<JsonSerializerOptions> Reading = new(() =>
    {
        JsonSerializerOptions options = Options(indented: false);
        options.Converters.Add(new PrintableText());
        return options;
    });

    private static readonly Lazy<JsonSerializerOptions> ReadingWhole = new(() => new JsonSerializerOptions(Reading.Value)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    });

    /// <summary>A file's text.</summary>
    public static string File<T>(T value) => JsonSerializer.Serialize(value, Indented) + "\n";

    /// <summary>One line, without its line feed.</summary>
    public static string Line<T>(T value) => JsonSerializer.Serialize(value, Compact);

    /// <summary>Reads back what <see cref="File"/> wrote, or somebody else: texts are such as can be printed.</summary>
    /// <exception cref="JsonException">It is no such file.</exception>
    public static T? Parse<T>(string text) => JsonSerializer.Deserialize<T>(text, Reading.Value);

    /// <summary>The same where nothing may be missing or null but what is declared so.</summary>
    /// <exception cref="JsonException">It is no such file.</exception>
    public static T? ParseWhole<T>(string text) => JsonSerializer.Deserialize<T>(text, ReadingWhole.Value);

    private static JsonSerializerOptions Options(bool indented) => new()
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(RunFilesJson.Default, new DefaultJsonTypeInfoResolver()),
        WriteIndented = indented,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };
}
