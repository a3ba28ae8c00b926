namespace Trainer.Listings;

/// <summary>Which runs a list shows, and in which order.</summary>
internal sealed record ListingOptions
{
    /// <summary>Conditions that all have to be fulfilled, as <see cref="RunFilter"/> reads them.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>The states of which a run has to have one; empty for any.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>The field to sort by; null for the order of the paths.</summary>
    public string? Sort { get; init; }

    /// <summary>Whether to sort the other way round.</summary>
    public bool Reverse { get; init; }

    /// <summary>How many of the list to show, from its beginning; null for all.</summary>
    public int? Head { get; init; }

    /// <summary>How many of the latest to show, or of a sorted list from its end; null for all.</summary>
    public int? Tail { get; init; }
}
