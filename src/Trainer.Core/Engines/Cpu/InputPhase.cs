using Trainer.Formulas;

namespace Trainer.Engines.Cpu;

/// <summary>
/// The first layer forward, from pixels. Its units lie panel by panel, as those of its gradient do: so a thread works
/// mostly with weights that it has updated itself, and few of them pass from one core's cache to another's.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="threads">How many threads share it.</param>
internal readonly unsafe struct InputPhase<TLanes>(CpuNetwork<TLanes> network, int threads)
    where TLanes : struct, ILanes<TLanes>
{
    private const int TileRows = 4;

    private PackedLayer Layer => network.First;

    /// <summary>Units of work for <paramref name="rows"/> rows: panels, and of each up to 64 rows at a time; fewer where there
    /// are more threads than panels.</summary>
    public int Units(int rows) => Layer.PanelCount * Blocks(rows);

    /// <summary>z of one unit, and a if it is wanted.</summary>
    /// <param name="images">The pixels.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="unit">Which unit.</param>
    /// <param name="all">Whether no input is to be left out: a weight is infinite or NaN, and its product with 0 counts.</param>
    /// <param name="workspace">Receives z and a.</param>
    /// <param name="activate">Whether f comes next.</param>
    public void Forward(ImageBatch images, int rows, int unit, bool all, Workspace workspace, bool activate)
    {
        (int panel, int block) = Math.DivRem(unit, Blocks(rows));
        int together = RowsTogether(rows);
        int* order = images.Order + block * together;
        int count = Math.Min(together, rows - block * together);
        Rows(images, order, count, all, Layer.Weights(network.Parameters.Pointer), panel, workspace.Z(0));
        if (activate)
        {
            network.Activations[0].ActivateRows(
                order, count, Layer.WidthOf(panel), workspace.Z(0).Row(panel, 0), workspace.A(0).Row(panel, 0));
        }
    }

    private int Blocks(int rows) => Parts(rows, RowsTogether(rows));

    // Whole tiles, so that rows which were paired stay together.
    private int RowsTogether(int rows) => Math.Clamp(
        Parts(Parts(rows, Parts(threads, Layer.PanelCount)), TileRows) * TileRows, TileRows, ImageBatch.Block);

    private static int Parts(int whole, int part) => (whole + part - 1) / part;

    private void Rows(
        ImageBatch images, int* order, int count, bool all, Panels weights, int panel, Panels z)
    {
        int column = panel * Panels.Width;
        int width = weights.WidthOf(panel);
        float* bias = network.Parameters.Pointer + Layer.BiasOffset + column;
        ImageForward.Compute<TLanes>(
            images, order, count, all, weights.Row(panel, 0), width, bias, z.At(0, column), z.StepAt(column));
        // Had nothing been left out, a z of −0 might be +0. It hardly ever occurs, so all of these rows are made again.
        if (!all && Elementwise.HasNegativeZero<TLanes>(order, count, width, z.At(0, column), z.StepAt(column)))
        {
            Rows(images, order, count, true, weights, panel, z);
        }
    }
}
