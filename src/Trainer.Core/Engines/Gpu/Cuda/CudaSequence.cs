using Trainer.Engines.Gpu.Drivers;

namespace Trainer.Engines.Gpu.Cuda;

/// <summary>A recorded graph.</summary>
/// <param name="graph">It.</param>
/// <param name="launches">What was recorded: the graph has copies of the arguments, and the memory behind them stays alive
/// with these.</param>
internal sealed class CudaSequence(CudaGraph graph, IReadOnlyList<CudaLaunch> launches) : GpuSequence
{
    /// <summary>What was recorded.</summary>
    public IReadOnlyList<CudaLaunch> Launches { get; } = launches;

    /// <summary>Puts it into its stream, whose context is entered.</summary>
    public void Launch() => graph.Launch();

    /// <inheritdoc/>
    public override void Dispose() => graph.Dispose();
}
