namespace Trainer.Engines.Cpu;

/// <summary>What one thread needs to evaluate some rows at a time.</summary>
/// <param name="layout">The network.</param>
/// <param name="rows">Rows that are evaluated together.</param>
internal sealed class EvaluationRoom(PackedLayout layout, int rows)
{
    // Enough rows to use a piece of the weights well; fewer where many threads meet a wide network, so that their rows do
    // not need gigabytes.
    private const int FewestRows = 4;
    private const int MostNumbers = 1 << 26;

    /// <summary>Their numbers in the split.</summary>
    public int[] Rows { get; } = new int[rows];

    /// <summary>Their pixels.</summary>
    public ImageBatch Images { get; } = new(layout.Layers[0].Inputs, rows);

    /// <summary>What passes through the network.</summary>
    public Workspace Workspace { get; } = Workspace.ForEvaluation(layout, rows);

    /// <summary>How many rows each of <paramref name="threads"/> threads should evaluate together.</summary>
    public static int RowsFor(PackedLayout layout, int threads)
    {
        int widest = Math.Max(layout.Layers[0].PaddedInputs, layout.Layers.Max(layer => layer.PaddedOutputs));
        return (int)Math.Clamp(MostNumbers / ((long)threads * widest), FewestRows, ImageBatch.Block);
    }
}
