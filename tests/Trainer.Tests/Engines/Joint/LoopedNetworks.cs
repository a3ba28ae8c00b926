using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Joint;
using Trainer.Engines.Reference;

namespace Trainer.Tests.Engines.Joint;

/// <summary>Networks of a "device" that trains one behind the other by the plain loops; all of them in every call, as a device does.</summary>
internal sealed class LoopedNetworks(IReadOnlyList<TrainingSetup> setups) : IJointNetworks
{
    private int _users;

    public string Description => "a loop";

    public IReadOnlyList<IEngine> Networks { get; } = [.. setups.Select(ReferenceEngine.Create)];

    /// <summary>Joint calls so far.</summary>
    public int Calls { get; private set; }

    /// <summary>Joint calls of training, and steps in them.</summary>
    public List<Range> Trained { get; } = [];

    public bool IsDisposed { get; private set; }

    /// <summary>Called with the number of each joint call, from 1 on.</summary>
    public Action<int> AtCall { get; set; } = static _ => { };

    public void Train(IReadOnlyList<EpochPlan> plans, Range steps, IReadOnlyList<RowResults> results) => ByOne(network =>
    {
        Assert.Equal(plans[0].Order.Length, plans[network].Order.Length);
        Networks[network].Train(plans[network], steps, results[network]);
    }, () => Trained.Add(steps));

    public void Evaluate(SplitName split, Range rows, IReadOnlyList<RowResults> results) =>
        ByOne(network => Networks[network].Evaluate(split, rows, results[network]), static () => { });

    public void Dispose()
    {
        Assert.False(IsDisposed);
        IsDisposed = true;
        foreach (IEngine engine in Networks)
        {
            engine.Dispose();
        }
    }

    private void ByOne(Action<int> work, Action note)
    {
        Assert.False(IsDisposed);
        Assert.Equal(1, Interlocked.Increment(ref _users));
        Calls++;
        AtCall(Calls);
        note();
        for (int network = 0; network < Networks.Count; network++)
        {
            work(network);
        }
        Interlocked.Decrement(ref _users);
    }
}
