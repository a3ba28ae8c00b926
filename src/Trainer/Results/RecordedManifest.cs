using System.Text.Json;
using Trainer.Failures;
using Trainer.Yaml;

namespace Trainer.Results;

/// <summary>
/// A run's <c>manifest.json</c> as somebody finds it: perhaps of other software or another version, so that every value may be
/// missing, and its text may hold anything. What cannot be printed is shown as <c>\u001b</c>: it ends up in terminals and pages.
/// </summary>
internal sealed class RecordedManifest
{
    private readonly JsonElement _root;

    private RecordedManifest(JsonElement root)
    {
        _root = root;
    }

    /// <summary>The manifest in <paramref name="folder"/>.</summary>
    /// <exception cref="RunFailedException">It cannot be read.</exception>
    public static RecordedManifest Read(RunFolder folder)
    {
        try
        {
            using var manifest = JsonDocument.Parse(RecordedFile.ReadText(folder.Manifest, RecordedFile.LongestJson));
            return new RecordedManifest(manifest.RootElement.Clone());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new RunFailedException($"{folder.Manifest}: cannot be read; run the experiment again with --force", failure);
        }
    }

    /// <summary>The manifest in <paramref name="folder"/>; null where there is none that can be read.</summary>
    public static RecordedManifest? TryRead(RunFolder folder)
    {
        try
        {
            return Read(folder);
        }
        catch (RunFailedException)
        {
            return null;
        }
    }

    /// <summary>The text at a place, as <c>"hardware", "processor"</c>; null where there is none.</summary>
    public string? Text(params ReadOnlySpan<string> place) =>
        Find(place) is { ValueKind: JsonValueKind.String } value && Decoded(value) is { } text ? Excerpt.OneLine(text) : null;

    /// <summary>The whole number at a place; null where there is none.</summary>
    public int? Number(params ReadOnlySpan<string> place) =>
        Find(place) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int number) ? number : null;

    /// <summary>The time at a place; null where there is none.</summary>
    public DateTimeOffset? Time(params ReadOnlySpan<string> place) =>
        Find(place) is { ValueKind: JsonValueKind.String } value && value.TryGetDateTimeOffset(out DateTimeOffset time) ? time : null;

    private JsonElement? Find(ReadOnlySpan<string> place)
    {
        JsonElement element = _root;
        foreach (string name in place)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }
        return element;
    }

    // Half of a surrogate pair is text to JSON, and none to .NET.
    private static string? Decoded(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
