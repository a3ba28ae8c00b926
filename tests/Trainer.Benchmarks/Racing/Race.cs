using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Machine;
using Trainer.Failures;

namespace Trainer.Benchmarks.Racing;

/// <summary>
/// One case: a trial of every entrant, then rounds in which the best settings of all take turns, so that whatever else the
/// machine does meets all of them alike.
/// </summary>
/// <param name="item">The case.</param>
/// <param name="rounds">How many rounds; memory, which hardly varies, gets one.</param>
/// <param name="notice">Told of entrants that fail.</param>
internal sealed class Race(BenchmarkCase item, int rounds, Action<string> notice)
{
    private const int Attempts = 2;

    private readonly List<RoundRow> _rows = [];
    private readonly HashSet<Entrant> _failed = [];

    /// <summary>All values, in the order of measuring.</summary>
    public IReadOnlyList<RoundRow> Rows => _rows;

    /// <summary>Runs it.</summary>
    /// <returns>The entrants that took part in the rounds.</returns>
    public IReadOnlyList<Entrant> Run(IReadOnlyList<Entrant> entrants, CancellationToken cancellation)
    {
        Entrant[] kept = [.. entrants.GroupBy(entrant => entrant.Peer).SelectMany(peer => Choose([.. peer], cancellation))];
        for (int round = 1; round <= (item.Kind == CaseKind.Memory ? 1 : rounds); round++)
        {
            double? others = OtherWork.Cores();
            FmaPeak? peak = item is { IsInMemory: true, OnGpu: false } ? FmaPeak.Measure() : null;
            foreach (Entrant entrant in kept.Where(entrant => !_failed.Contains(entrant)))
            {
                cancellation.ThrowIfCancellationRequested();
                if (Guarded(entrant, entrant.Measure) is { } value)
                {
                    Record(entrant, round, value, peak, others);
                }
            }
        }
        return [.. kept.Except(_failed)];
    }

    /// <summary>The only one, unless it needs to warm up; else two trials of each setting, of which the better counts: one alone may have met a busy moment, and a library's
    /// first epoch is not its best.</summary>
    private IReadOnlyList<Entrant> Choose(IReadOnlyList<Entrant> settings, CancellationToken cancellation)
    {
        if (settings.Count == 1 && !item.IsInMemory)
        {
            return settings;
        }
        var best = new Dictionary<Entrant, double>();
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            foreach (Entrant entrant in settings.Where(entrant => attempt == 0 || best.ContainsKey(entrant)))
            {
                cancellation.ThrowIfCancellationRequested();
                TimeSpan? limit = best.Count == 0 ? null : SettingChoice.Limit(best.Values.Min());
                double? value = Guarded(entrant, () => entrant.Trial(limit));
                if (_failed.Contains(entrant))
                {
                    continue;
                }
                Record(entrant, 0, value);
                if (value is { } seconds)
                {
                    best[entrant] = Math.Min(seconds, best.GetValueOrDefault(entrant, double.PositiveInfinity));
                }
            }
        }
        return SettingChoice.Best([.. best.Select(trial => (trial.Key, trial.Value))]);
    }

    /// <summary>A peer that fails costs its own line; we must not fail.</summary>
    private double? Guarded(Entrant entrant, Func<double?> measure)
    {
        try
        {
            return measure();
        }
        catch (RunFailedException failure) when (entrant.Peer != Peer.Ours)
        {
            notice(failure.Message);
            _failed.Add(entrant);
            return null;
        }
    }

    private void Record(Entrant entrant, int round, double? value, FmaPeak? peak = null, double? others = null) => _rows.Add(new RoundRow
    {
        Case = item.Name,
        Contestant = entrant.Peer,
        Setting = entrant.Setting,
        Round = round,
        Value = value is { } number ? Math.Round(number, 6) : null,
        Unit = item.Unit,
        PeakGflops = Giga(peak?.AllThreads),
        PeakGflopsOneThread = Giga(peak?.OneThread),
        OtherWorkCores = others is { } cores ? Math.Round(cores, 2) : null,
    });

    private static double? Giga(double? operations) => operations is { } value ? Math.Round(value / 1e9, 2) : null;
}
