using Trainer.Failures;
using Trainer.Results;

namespace Trainer.Listings;

/// <summary>What a run's manifest says of how it came about.</summary>
internal static class RecordedFacts
{
    private static readonly (string Name, string[] Path)[] Facts =
    [
        ("data set", ["data_set"]),
        ("data hash", ["data_hash"]),
        ("version", ["software", "trainer"]),
        ("commit", ["software", "commit"]),
        ("runtime", ["software", "runtime"]),
        ("system", ["software", "operating_system"]),
        ("processor", ["hardware", "processor"]),
        ("engine", ["engine"]),
    ];

    /// <summary>The facts, always the same ones in the same order; null where the manifest does not say.</summary>
    /// <exception cref="RunFailedException">It cannot be read.</exception>
    public static IReadOnlyList<(string Name, string? Value)> Of(RunFolder folder)
    {
        var manifest = RecordedManifest.Read(folder);
        return [.. Facts.Select(fact => (fact.Name, manifest.Text(fact.Path)))];
    }
}
