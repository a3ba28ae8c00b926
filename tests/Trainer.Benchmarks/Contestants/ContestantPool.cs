using Trainer.Benchmarks.Cases;

namespace Trainer.Benchmarks.Contestants;

/// <summary>The contestants that are running, from case to case: starting a library takes longer than many a case.</summary>
/// <param name="python">The interpreter of the peers; null where there is none.</param>
/// <param name="cancellation">Ends the waiting for an answer.</param>
internal sealed class ContestantPool(string? python, CancellationToken cancellation) : IDisposable
{
    private readonly Dictionary<string, ContestantProcess> _running = [];
    private readonly Dictionary<string, string> _missing = [];
    private readonly Dictionary<string, string> _versions = [];

    /// <summary>The versions that were heard of, by peer.</summary>
    public IReadOnlyDictionary<string, string> Versions => _versions;

    /// <summary>What each missing peer lacks, as far as is known yet.</summary>
    public IReadOnlyDictionary<string, string> Missing => _missing;

    /// <summary>All ways of starting a peer; none when it is not installed.</summary>
    /// <param name="peer">Who.</param>
    /// <param name="script">Another program of the peer than the usual one.</param>
    /// <param name="arguments">What that program is given.</param>
    public IReadOnlyList<ContestantSetting> Settings(string peer, string? script = null, params IReadOnlyList<string> arguments) =>
        IsThere(peer, arguments) ? [.. ContestantSettings.Of(peer, python ?? "", script, arguments)] : [];

    /// <summary>The contestant of a setting, at work.</summary>
    public ContestantProcess Get(ContestantSetting setting)
    {
        string key = setting.ToString();
        if (!_running.TryGetValue(key, out ContestantProcess? process) || process.HasEnded)
        {
            process?.Dispose();
            _running[key] = process = ContestantProcess.Start(setting, cancellation);
        }
        return process;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ContestantProcess process in _running.Values)
        {
            process.Dispose();
        }
    }

    private bool IsThere(string peer, IReadOnlyList<string> arguments)
    {
        bool isOurs = peer is Peer.Ours or Peer.OursOnOneThread or Peer.OursSingly;
        if (!isOurs && python is null)
        {
            _missing[peer] = "python3";
        }
        else if (!_missing.ContainsKey(peer) && !_versions.ContainsKey(peer))
        {
            Answer greeting = Get(ContestantSettings.Of(peer, python ?? "", null, arguments).First()).Greeting;
            if (greeting.Missing is { } library)
            {
                _missing[peer] = library;
            }
            else
            {
                _versions[peer] = greeting.Version ?? "unknown";
            }
        }
        return !_missing.ContainsKey(peer);
    }
}
