using System.Runtime.CompilerServices;
using Trainer.Formulas;
using Trainer.Optimizers;

namespace Trainer.Engines.Cpu;

/// <summary>
/// The part of a step that each weight goes through by itself: its gradient, summed over all rows in order, and its update
/// while the gradient is still in the first cache.
/// </summary>
internal static unsafe class WeightPhase
{
    /// <summary>Room for the gradient of as many inputs as are ever taken together.</summary>
    public const int ScratchLength = ImageBatch.Block * Panels.Width;

    // The gradient of 16 inputs, 4 KiB, stays in the first cache beside 64 rows of dz. Where there are more rows than
    // that, dz comes anew for each group of inputs, so groups are larger.
    private const int FewInputs = 16;
    private const int ManyInputs = 32;

    /// <summary>Units of work in the first layer: panels, and of each some inputs at a time.</summary>
    public static int FirstUnits(PackedLayer layer, int rows) => layer.PanelCount * Groups(layer, rows);

    /// <summary>The first layer's weights of one unit; a panel's bias goes with its last inputs.</summary>
    /// <param name="layer">The first layer.</param>
    /// <param name="images">The pixels, with their input masks.</param>
    /// <param name="workspace">dz_BO.</param>
    /// <param name="rows">B.</param>
    /// <param name="unit">Which unit.</param>
    /// <param name="all">Whether nothing is to be left out: a dz is infinite or NaN, and its product with 0 counts.</param>
    /// <param name="scratch">Room for <see cref="ScratchLength"/> numbers.</param>
    /// <param name="update">What to do with gradients.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void UpdateFirst<TLanes, TRule>(
        PackedLayer layer, ImageBatch images, Workspace workspace, int rows, int unit, bool all, float* scratch,
        ref WeightUpdate<TLanes, TRule> update)
        where TLanes : struct, ILanes<TLanes>
        where TRule : struct, IUpdateRule
    {
        Panels dz = workspace.Dz(0);
        (int panel, int group) = Math.DivRem(unit, Groups(layer, rows));
        int together = InputsTogether(rows);
        int column = panel * Panels.Width;
        int width = layer.WidthOf(panel);
        int i = group * together;
        int end = Math.Min(i + together, layer.Inputs);
        int word = i / ImageBatch.Block;
        int first = word * ImageBatch.Block;
        ImageGradient.Compute<TLanes>(
            images, rows, all, word, i - first, end - first, dz.At(0, column), dz.StepAt(column), width, scratch);
        update.Apply(scratch, layer.OffsetOf(panel, i), (end - i) * width);
        if (end == layer.Inputs)
        {
            UpdateBias(layer, workspace, rows, panel, scratch, ref update);
        }
    }

    /// <summary>The weights of the inputs <paramref name="from"/> … <paramref name="to"/> − 1 of a later layer, and its
    /// biases where the last input is among them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Update<TLanes, TRule>(
        PackedLayer layer, Workspace workspace, int rows, int from, int to, float* scratch,
        ref WeightUpdate<TLanes, TRule> update, CancellationToken cancellation)
        where TLanes : struct, ILanes<TLanes>
        where TRule : struct, IUpdateRule
    {
        Panels x = workspace.A(layer.Index - 1);
        Panels dz = workspace.Dz(layer.Index);
        for (int panel = 0; panel < layer.PanelCount; panel++)
        {
            int column = panel * Panels.Width;
            int width = layer.WidthOf(panel);
            for (int i = from; i < to && !cancellation.IsCancellationRequested;)
            {
                int end = Math.Min((i / Panels.Width + 1) * Panels.Width, to);
                for (int b = 0; b < rows; b += MatrixProduct.Depth)
                {
                    float* start = b == 0 ? ZeroRow.Pointer : scratch;
                    int startStep = b == 0 ? 0 : width;
                    MatrixProduct.Compute<TLanes>(
                        new MatrixProduct.Left(x.At(b, i), 1, x.StepAt(i)), dz.At(b, column), dz.StepAt(column), start, startStep,
                        end - i, width, Math.Min(MatrixProduct.Depth, rows - b), scratch, width);
                }
                update.Apply(scratch, layer.OffsetOf(panel, i), (end - i) * width);
                i = end;
            }
            if (from < to && to == layer.Inputs && !cancellation.IsCancellationRequested)
            {
                UpdateBias(layer, workspace, rows, panel, scratch, ref update);
            }
        }
    }

    private static int InputsTogether(int rows) => rows <= ImageBatch.Block ? FewInputs : ManyInputs;

    private static int Groups(PackedLayer layer, int rows) => (layer.Inputs + InputsTogether(rows) - 1) / InputsTogether(rows);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UpdateBias<TLanes, TRule>(
        PackedLayer layer, Workspace workspace, int rows, int panel, float* scratch, ref WeightUpdate<TLanes, TRule> update)
        where TLanes : struct, ILanes<TLanes>
        where TRule : struct, IUpdateRule
    {
        int column = panel * Panels.Width;
        int width = layer.WidthOf(panel);
        Panels dz = workspace.Dz(layer.Index);
        Elementwise.SumRows<TLanes>(dz.At(0, column), dz.StepAt(column), rows, width, scratch);
        update.Apply(scratch, layer.BiasOffset + column, width);
    }
}
