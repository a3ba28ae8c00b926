using System.Text.Json;
using Trainer.Failures;

namespace Trainer.Results;

/// <summary>The data set that a run's manifest names.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Hash">Its SHA-256; null where the manifest, of other software perhaps, does not give it.</param>
internal sealed record RecordedDataSet(string Name, string? Hash)
{
    /// <summary>What the manifest in <paramref name="folder"/> says.</summary>
    /// <exception cref="RunFailedException">It cannot be read or names none.</exception>
    public static RecordedDataSet Of(RunFolder folder)
    {
        try
        {
            using var manifest = JsonDocument.Parse(File.ReadAllText(folder.Manifest));
            JsonElement root = manifest.RootElement;
            return new RecordedDataSet(
                root.GetProperty("data_set").GetString() ?? throw new JsonException(),
                root.TryGetProperty("data_hash", out JsonElement hash) ? hash.GetString() : null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new RunFailedException($"{folder.Manifest}: does not say which data set the run used; run it again with --force", failure);
        }
    }

    /// <summary>The hash that the manifest in <paramref name="folder"/> gives; null where there is none that can be read.</summary>
    public static string? TryHash(RunFolder folder)
    {
        try
        {
            return Of(folder).Hash;
        }
        catch (RunFailedException)
        {
            return null;
        }
    }
}
