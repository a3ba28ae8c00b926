using Trainer.Formulas;

namespace Trainer.Engines.Cpu;

/// <summary>
/// What a gradient over some rows takes. An engine keeps it for the next over as many: a line search asks for one over all rows in
/// every step, and 60,000 of them take 0.2 GB (784-128-64-10): made anew each time, a run came to 0.74 GB instead of 0.33.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="rows">How many rows.</param>
internal sealed class GradientRoom<TLanes>(CpuNetwork<TLanes> network, int rows)
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Where they pass through the network, on one thread.</summary>
    public LayeredPass<TLanes> Pass { get; } = new(network, rows, drops: false, threads: 1, new SpinBarrier(1));

    /// <summary>Their numbers.</summary>
    public int[] Rows { get; } = new int[rows];

    /// <summary>What comes of them.</summary>
    public RowResults Results { get; } = new(rows);
}
