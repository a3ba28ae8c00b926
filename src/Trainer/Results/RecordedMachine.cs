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
    public static RecordedMachine? TryRead(RunFolder folder) => RecordedManifest.TryRead(folder) is { } manifest
        ? new RecordedMachine(
            manifest.Text("hardware", "processor"), manifest.Number("hardware", "cores"), manifest.Text("engine"),
            manifest.Time("started"), manifest.Time("ended"))
        : null;
}
