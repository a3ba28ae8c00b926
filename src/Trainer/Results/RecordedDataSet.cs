using Trainer.Failures;

namespace Trainer.Results;

/// <summary>The data set that a run's manifest names.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Hash">Its SHA-256; null where the manifest, of other software perhaps, does not give it.</param>
internal sealed record RecordedDataSet(string Name, string? Hash)
{
    /// <summary>What the manifest in <paramref name="folder"/> says.</summary>
    /// <exception cref="RunFailedException">It cannot be read or names none.</exception>
    public static RecordedDataSet Of(RunFolder folder) => TryRead(folder)
        ?? throw new RunFailedException($"{folder.Manifest}: does not say which data set the run used; run it again with --force");

    /// <summary>The hash that the manifest in <paramref name="folder"/> gives; null where there is none that can be read.</summary>
    public static string? TryHash(RunFolder folder) => TryRead(folder)?.Hash;

    private static RecordedDataSet? TryRead(RunFolder folder) =>
        RecordedManifest.TryRead(folder) is { } manifest && manifest.Text("data_set") is { } name
            ? new RecordedDataSet(name, manifest.Text("data_hash"))
            : null;
}
