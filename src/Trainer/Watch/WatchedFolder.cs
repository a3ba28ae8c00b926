using System.Diagnostics;
using System.Globalization;
using Trainer.Catalogs;
using Trainer.Failures;
using Trainer.Listings;
using Trainer.Results;

namespace Trainer.Watch;

/// <summary>
/// The runs below a folder while they come, grow and go. A run is read again only when its files have changed, so that to look
/// at five hundred that rest costs a few thousand questions to the file system; and not more often than twice a second, however
/// many pages ask.
/// </summary>
/// <param name="root">The folder; it need not be there yet.</param>
internal sealed class WatchedFolder(string root)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);
    private readonly Lock _lock = new();
    private ConfigCache _configs = new();
    private readonly Dictionary<string, Known> _known = new(StringComparer.Ordinal);
    private long _looked;
    private Reply? _list;

    /// <summary>Which runs there are.</summary>
    public Reply List()
    {
        lock (_lock)
        {
            if (_list is null || Stopwatch.GetElapsedTime(_looked) > Rest)
            {
                if (Look() || _list is null)
                {
                    _list = Reply.Json(Listed());
                }
                _looked = Stopwatch.GetTimestamp();
            }
            return _list;
        }
    }

    /// <summary>A run's curves.</summary>
    /// <param name="id">The run, as <see cref="List"/> calls it; nothing else is a run, whatever lies there.</param>
    /// <returns>The curves; null where there is no such run, or no longer.</returns>
    public Reply? Curves(string id)
    {
        Known? known;
        lock (_lock)
        {
            if (_list is null || !_known.TryGetValue(id, out known))
            {
                return null;
            }
        }
        try
        {
            return Reply.Json(WatchedCurves.Of(id, File.Exists(known.Folder.Metrics) ? CsvFile.Read<MetricsRow>(known.Folder.Metrics) : []));
        }
        catch (RunFailedException)
        {
            // Deleted this moment, or broken: the list will say so.
            return null;
        }
    }

    /// <summary>Brings <see cref="_known"/> up to what is there.</summary>
    /// <returns>Whether anything has changed.</returns>
    private bool Look()
    {
        bool hasChanged = false;
        var there = new HashSet<string>(StringComparer.Ordinal);
        foreach (RunFolder folder in RunPaths.Below(root))
        {
            string id = RunListing.PlaceOf(folder.Path, root);
            there.Add(id);
            string stamp = StampOf(folder);
            // Whether the process of a run that says "running" is still there shows in no file's time.
            if (!_known.TryGetValue(id, out Known? known) || known.Stamp != stamp || known.Run?.Status.State == RunState.Running)
            {
                (RunEntry? run, CatalogProblem? problem) = RunCatalog.Read(folder, _configs, withRows: false);
                hasChanged |= known is null || known.Stamp != stamp || known.Run?.Standing != run?.Standing || known.Problem != problem;
                _known[id] = new Known(folder, stamp, run, problem);
            }
        }
        foreach (string gone in _known.Keys.Where(id => !there.Contains(id)).ToArray())
        {
            _known.Remove(gone);
            hasChanged = true;
        }
        if (_configs.Count > 2 * (_known.Count + 1))
        {
            // Mostly of runs that are gone; the others are read again when they change.
            _configs = new ConfigCache();
        }
        return hasChanged;
    }

    private WatchedList Listed()
    {
        KeyValuePair<string, Known>[] known = [.. _known.OrderBy(pair => pair.Key, StringComparer.Ordinal)];
        var catalog = new RunCatalog([.. known.Select(pair => pair.Value.Run).OfType<RunEntry>()], []);
        RunListing listing = RunListing.Of(catalog, new ListingOptions(), root);
        return new WatchedList(
            root,
            [.. listing.Runs.Select(run => Shown(run, _known[run.Place].Stamp))],
            WatchedList.Told([.. known.Select(pair => pair.Value.Problem).OfType<CatalogProblem>()]));
    }

    private static WatchedRun Shown(ListedRun run, string stamp) => new()
    {
        Id = run.Place,
        Name = run.Entry.Experiment.Name,
        Differs = run.Differs,
        Seed = run.Entry.Experiment.Seed,
        State = StandingText.Word(run.Entry.Standing),
        Epoch = run.Entry.Status.Epoch,
        Epochs = run.Entry.Status.Epochs,
        Updated = run.Entry.Status.Updated,
        DataSet = run.Entry.Data.Name,
        Message = run.Entry.Status.Message,
        Last = run.Entry.Last,
        Version = stamp,
    };

    /// <summary>Differs once one of the files that a run is read from has changed.</summary>
    private static string StampOf(RunFolder folder) => string.Join('-', new[] { folder.Status, folder.Metrics, folder.Manifest, folder.Config }.Select(path =>
    {
        var file = new FileInfo(path);
        return file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.LastWriteTimeUtc.Ticks:x}.{file.Length:x}") : "";
    }));

    private sealed record Known(RunFolder Folder, string Stamp, RunEntry? Run, CatalogProblem? Problem);
}
