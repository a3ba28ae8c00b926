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
    /// <param name="sums">Gradients that go on from earlier rows, where parameters lie; null to begin with 0.</param>
    /// <param name="update">What to do with gradients.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void UpdateFirst<TLanes, TRule>(
        PackedLayer layer, ImageBatch images, Workspace workspace, int rows, int unit, bool all, float* scratch,
        float* sums, ref WeightUpdate<TLanes, TRule> update)
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
        nint offset = layer.OffsetOf(panel, i);
        Continue(sums, offset, (end - i) * width, scratch);
        ImageGradient.Compute<TLanes>(
            images, rows, all, word, i - first, end - first, dz.At(0, column), dz.StepAt(column), width, sums != null, scratch);
        update.ApplyToWeights(scratch, offset, (end - i) * width);
        if (end == layer.Inputs)
        {
            UpdateBias(layer, workspace, rows, panel, scratch, sums, ref update);
        }
    }

    /// <summary>The weights of the inputs <paramref name="from"/> … <paramref name="to"/> − 1 of a later layer, and its
    /// biases where the last input is among them.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">What it reads, (B, I).</param>
    /// <param name="workspace">dz_BO.</param>
    /// <param name="rows">B.</param>
    /// <param name="from">First input.</param>
    /// <param name="to">The one behind the last.</param>
    /// <param name="scratch">Room for <see cref="ScratchLength"/> numbers.</param>
    /// <param name="sums">Gradients that go on from earlier rows, where parameters lie; null to begin with 0.</param>
    /// <param name="update">What to do with gradients.</param>
    /// <param name="cancellation">Ends it, with some weights left as they are.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Update<TLanes, TRule>(
        PackedLayer layer, Panels x, Workspace workspace, int rows, int from, int to, float* scratch, float* sums,
        ref WeightUpdate<TLanes, TRule> update, CancellationToken cancellation)
        where TLanes : struct, ILanes<TLanes>
        where TRule : struct, IUpdateRule
    {
        Panels dz = workspace.Dz(layer.Index);
        for (int panel = 0; panel < layer.PanelCount; panel++)
        {
            int column = panel * Panels.Width;
            int width = layer.WidthOf(panel);
            for (int i = from; i < to && !cancellation.IsCancellationRequested;)
            {
                int end = Math.Min((i / Panels.Width + 1) * Panels.Width, to);
                nint offset = layer.OffsetOf(panel, i);
                Continue(sums, offset, (end - i) * width, scratch);
                for (int b = 0; b < rows; b += MatrixProduct.Depth)
                {
                    bool begins = b == 0 && sums == null;
                    float* start = begins ? ZeroRow.Pointer : scratch;
                    int startStep = begins ? 0 : width;
                    MatrixProduct.Compute<TLanes>(
                        new MatrixProduct.Left(x.At(b, i), 1, x.StepAt(i)), dz.At(b, column), dz.StepAt(column), start, startStep,
                        end - i, width, Math.Min(MatrixProduct.Depth, rows - b), scratch, width);
                }
                update.ApplyToWeights(scratch, offset, (end - i) * width);
                i = end;
            }
            if (from < to && to == layer.Inputs && !cancellation.IsCancellationRequested)
            {
                UpdateBias(layer, workspace, rows, panel, scratch, sums, ref update);
            }
        }
    }

    /// <summary>Copies sums that go on to where they are made.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Continue(float* sums, nint offset, int count, float* scratch)
    {
        if (sums != null)
        {
            new ReadOnlySpan<float>(sums + offset, count).CopyTo(new Span<float>(scratch, count));
        }
    }

    private static int InputsTogether(int rows) => rows <= ImageBatch.Block ? FewInputs : ManyInputs;

    private static int Groups(PackedLayer layer, int rows) => (layer.Inputs + InputsTogether(rows) - 1) / InputsTogether(rows);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UpdateBias<TLanes, TRule>(
        PackedLayer layer, Workspace workspace, int rows, int panel, float* scratch, float* sums,
        ref WeightUpdate<TLanes, TRule> update)
        where TLanes : struct, ILanes<TLanes>
        where TRule : struct, IUpdateRule
    {
        int column = panel * Panels.Width;
        int width = layer.WidthOf(panel);
        int offset = layer.BiasOffset + column;
        Panels dz = workspace.Dz(layer.Index);
        float* start = sums == null ? ZeroRow.Pointer : sums + offset;
        Elementwise.SumRows<TLanes>(dz.At(0, column), dz.StepAt(column), rows, width, start, scratch);
        update.ApplyToOthers(scratch, offset, width);
    }
}
