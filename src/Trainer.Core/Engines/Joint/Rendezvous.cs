using System.Runtime.ExceptionServices;
using Trainer.Data;
using Trainer.Failures;

namespace Trainer.Engines.Joint;

/// <summary>
/// Where the runs of several networks meet, each on a thread of its own: as soon as every network that still takes part waits for
/// training or evaluation, one of the threads has the device do for all of them what they have in common.
/// </summary>
/// <remarks>
/// How a run cuts its epoch follows the clock, so calls differ in length: the shortest is done, and the others wait on for their
/// rest. Every engine must have its own thread and be disposed of when its run is over, however that ends: until then the
/// others wait for it. What a network that has left computes afterwards is nobody's business.
/// </remarks>
internal sealed class Rendezvous
{
    // Held during joint calls too: whoever reads or writes a network comes between two of them.
    private readonly object _gate = new();
    private readonly IReadOnlyList<TrainingSetup> _setups;
    private readonly IJointNetworks _networks;
    private readonly JointCall?[] _calls;
    private readonly bool[] _hasLeft;

    // What comes of the rows of networks that a joint call does not serve.
    private readonly RowResults _scratch;
    private Exception? _failure;

    private Rendezvous(IReadOnlyList<TrainingSetup> setups, IJointNetworks networks)
    {
        (_setups, _networks) = (setups, networks);
        _calls = new JointCall?[setups.Count];
        _hasLeft = new bool[setups.Count];
        SplitSet data = setups[0].Data;
        _scratch = new RowResults(new[] { data.Train.Count, data.Validation?.Count ?? 0, data.Test.Count }.Max());
    }

    /// <summary>An engine for each network. The networks are disposed of with the last of them.</summary>
    /// <param name="setups">What is trained.</param>
    /// <param name="networks">What trains it.</param>
    public static IReadOnlyList<IEngine> Engines(IReadOnlyList<TrainingSetup> setups, IJointNetworks networks)
    {
        var rendezvous = new Rendezvous(setups, networks);
        string description = $"{networks.Description}, {setups.Count} networks side by side";
        return [.. setups.Select((setup, network) => new JointEngine(setup, rendezvous, network, description, networks.Networks[network].StateCount))];
    }

    /// <summary>Waits until <paramref name="call"/> is done.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop; the network is as after some whole step.</exception>
    /// <exception cref="DeviceException">A joint call failed, this one or one before it.</exception>
    public void Wait(int network, JointCall call, CancellationToken cancellation)
    {
        // Unregistering waits for a callback that waits for the gate: it must happen outside of it.
        using CancellationTokenRegistration wake = cancellation.UnsafeRegister(static rendezvous => ((Rendezvous)rendezvous!).Wake(), this);
        lock (_gate)
        {
            CheckUsable(network);
            _calls[network] = call;
            try
            {
                while (!call.IsDone)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (IsComplete)
                    {
                        Serve();
                    }
                    else
                    {
                        Monitor.Wait(_gate);
                    }
                    CheckUsable(network);
                }
            }
            finally
            {
                _calls[network] = null;
            }
        }
    }

    /// <summary>One network by itself, which nobody else uses until the visit is over.</summary>
    /// <exception cref="DeviceException">A joint call failed.</exception>
    public Visit Enter(int network)
    {
        Monitor.Enter(_gate);
        try
        {
            CheckUsable(network);
            return new Visit(_gate, _networks.Networks[network]);
        }
        catch
        {
            Monitor.Exit(_gate);
            throw;
        }
    }

    /// <summary>The others go on without this network.</summary>
    public void Leave(int network)
    {
        lock (_gate)
        {
            if (_hasLeft[network])
            {
                return;
            }
            _hasLeft[network] = true;
            _calls[network] = null;
            Monitor.PulseAll(_gate);
            if (_hasLeft.All(left => left))
            {
                _networks.Dispose();
            }
        }
    }

    private bool IsComplete => !_hasLeft.Where((left, network) => !left && _calls[network] is null).Any();

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    private void CheckUsable(int network)
    {
        ObjectDisposedException.ThrowIf(_hasLeft[network], typeof(JointEngine));
        switch (_failure)
        {
            case null:
                return;
            case DeviceException device:
                // Every thread throws its own.
                throw new DeviceException(device.Message, device);
            default:
                ExceptionDispatchInfo.Throw(_failure);
                return;
        }
    }

    /// <summary>Does what the calls have in common; whatever fails in it fails for everyone.</summary>
    private void Serve()
    {
        try
        {
            var piece = JointPiece.Next(_calls);
            var results = new RowResults[_calls.Length];
            Array.Fill(results, _scratch);
            foreach (int network in piece.Networks)
            {
                results[network] = _calls[network]!.Results;
            }
            JointCall first = _calls[piece.Networks[0]]!;
            if (first.Plan is { } plan)
            {
                Train(piece, plan, results);
            }
            else
            {
                _networks.Evaluate(first.Split, piece.First..piece.End, results);
            }
            foreach (int network in piece.Networks)
            {
                JointCall call = _calls[network]!;
                call.Advance(piece.End);
                // Its thread may be slow to wake up, and must not be counted among those that wait until it calls again.
                _calls[network] = call.IsDone ? null : call;
            }
        }
        catch (Exception failure)
        {
            _failure = failure;
        }
        Monitor.PulseAll(_gate);
    }

    private void Train(JointPiece piece, EpochPlan plan, RowResults[] results)
    {
        // The device makes steps of all networks or of none. One that waits for other steps, such as those of a plan of another
        // length, gets back what it had; the epochs of runs side by side do not come to this.
        (int Network, NetworkState State)[] others =
        [
            .. Enumerable.Range(0, _calls.Length).Where(network => !_hasLeft[network] && !piece.Networks.Contains(network))
                .Select(network => (network, NetworkState.Of(_setups[network], _networks.Networks[network]))),
        ];
        var plans = new EpochPlan[_calls.Length];
        Array.Fill(plans, plan);
        foreach (int network in piece.Networks)
        {
            plans[network] = _calls[network]!.Plan!;
        }
        _networks.Train(plans, piece.First..piece.End, results);
        foreach ((int network, NetworkState state) in others)
        {
            state.Write(_networks.Networks[network]);
        }
    }

    /// <summary>The use of one network by itself.</summary>
    /// <param name="gate">What is given back at its end.</param>
    /// <param name="engine">The network.</param>
    public readonly ref struct Visit(object gate, IEngine engine)
    {
        /// <summary>The network.</summary>
        public IEngine Engine => engine;

        /// <summary>Ends it.</summary>
        public void Dispose() => Monitor.Exit(gate);
    }
}
