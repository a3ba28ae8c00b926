using System.Text.Json;

namespace Trainer.Results;

/// <summary>What computed a run and when, as its manifest says; seconds of different machines do not compare.</summary>
/// <param name="Processor">The processor; null where the manifest does not say.</param>
/// <param name="Cores">Its logical cores.</param>
/// <param name="Engine">The engine with its threads, as it describes itself.</param>
/// <param name="Started">When the run began.</param>
/// <param name="Ended">When it ended; null while it runs.</param>
internal sealed record RecordedMachine(string? Processor, int? Cores, string? Engine, DateTimeOffset? Started, DateTimeOffset? Ended)
{
    /// <summary>What the manifest in <paramref name="folder"/> says; null where there is none that can be read.</summary>
    public static RecordedMachine? TryRead(RunFolder folder)
    {
        try
        {
            using var manifest = JsonDocument.Parse(File.ReadAllBytes(folder.Manifest));
            JsonElement root = manifest.RootElement;
            JsonElement? hardware = Child(root, "hardware");
            return new RecordedMachine(
                Child(hardware, "processor")?.GetString(), Child(hardware, "cores")?.GetInt32(), Child(root, "engine")?.GetString(),
                Child(root, "started")?.GetDateTimeOffset(), Child(root, "ended")?.GetDateTimeOffset());
        }
        catch (Exception failure) when (
            failure is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static JsonElement? Child(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } there && there.TryGetProperty(name, out JsonElement child)
            && child.ValueKind != JsonValueKind.Null ? child : null;
}
