using Trainer.Catalogs;

namespace Trainer.Listings;

/// <summary>Runs chosen and sorted, each with what tells it from the others.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Total">How many there were to choose from.</param>
internal sealed record RunListing(IReadOnlyList<ListedRun> Runs, int Total)
{
    /// <summary>Chooses from <paramref name="catalog"/>.</summary>
    /// <param name="catalog">All runs.</param>
    /// <param name="options">Which of them, and in which order.</param>
    /// <param name="root">The folder of all results.</param>
    /// <exception cref="Failures.ConfigException">A filter or a field cannot be followed.</exception>
    public static RunListing Of(RunCatalog catalog, ListingOptions options, string root)
    {
        RunFilter[] filters = [.. options.Filters.Select(RunFilter.Parse)];
        Func<RunEntry, bool> state = RunFilter.StateIn(options.States);
        Func<RunEntry, string?>? field = options.Sort is { } key ? RunFields.Find(key, "--sort") : null;
        IEnumerable<RunEntry> chosen = catalog.Runs.Where(run => state(run) && filters.All(filter => filter.Holds(run)));
        if (options.Tail is { } latest && field is null)
        {
            chosen = chosen.OrderBy(run => run.Status.Updated).TakeLast(latest);
        }
        if (field is not null)
        {
            chosen = chosen.OrderBy(field, options.Reverse ? RunValues.Descending : RunValues.Ascending);
            // Those without a value stand at the end whatever the order; nobody asks for them.
            chosen = options.Tail is { } last ? chosen.Where(run => field(run) is not null).TakeLast(last) : chosen;
        }
        else if (options.Reverse)
        {
            chosen = chosen.Reverse();
        }
        chosen = options.Head is { } first ? chosen.Take(first) : chosen;
        RunEntry[] runs = [.. chosen];
        Func<RunEntry, string> differs = Differences(runs);
        return new RunListing([.. runs.Select(run => new ListedRun(run, PlaceOf(run.Folder.Path, root), differs(run)))], catalog.Runs.Count);
    }

    /// <summary>Where <paramref name="folder"/> lies seen from <paramref name="root"/>, with '/'; as it is where it lies elsewhere.</summary>
    public static string PlaceOf(string folder, string root)
    {
        string relative = Path.GetRelativePath(root, folder);
        return (relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? folder : relative).Replace('\\', '/');
    }

    private static Func<RunEntry, string> Differences(IReadOnlyList<RunEntry> runs)
    {
        RunEntry[] different = [.. runs.DistinctBy(Identity)];
        IReadOnlyList<string> labels = GroupLabels.Of(different);
        var byIdentity = different.Zip(labels).ToDictionary(
            pair => Identity(pair.First), pair => pair.Second[pair.First.Experiment.Name.Length..].TrimStart());
        return run => byIdentity[Identity(run)];
    }

    private static (string Hash, string? Data) Identity(RunEntry run) => (run.Hash, run.Data.Hash);
}
