using Trainer.Catalogs;

namespace Trainer.Listings;

/// <summary>A run in a list.</summary>
/// <param name="Entry">The run.</param>
/// <param name="Place">Where it lies below the folder of all results, with '/': what other verbs take as RUN.</param>
/// <param name="Differs">The keys that tell its configuration from others of its name; empty where none is needed.</param>
internal sealed record ListedRun(RunEntry Entry, string Place, string Differs);
