using Trainer.Randomness;
using Trainer.Regularizers;

namespace Trainer.Engines.Cpu;

/// <summary>The dropout of one step.</summary>
/// <param name="dropout">The network's.</param>
/// <param name="step">The number of the step.</param>
/// <param name="first">Which row of the batch row 0 of the workspace is.</param>
internal readonly unsafe struct DropoutRows(DropoutMask dropout, long step, int first)
{
    private readonly Philox _source = dropout.Source(step);

    /// <summary>Draws the masks of rows <paramref name="from"/> … <paramref name="to"/> − 1 of a panel, and leaves units out:
    /// output = a·m.</summary>
    public void Apply<TLanes>(Workspace workspace, int layer, int panel, int from, int to)
        where TLanes : struct, Formulas.ILanes<TLanes>
    {
        Panels masks = workspace.Masks(layer);
        int width = masks.WidthOf(panel);
        for (int b = from; b < to; b++)
        {
            dropout.Fill(_source, first + b, layer, panel * Panels.Width, new Span<float>(masks.Row(panel, b), width));
        }
        Elementwise.Multiply<TLanes>(
            workspace.A(layer).Row(panel, from), masks.Row(panel, from), (to - from) * width, workspace.Outputs(layer).Row(panel, from));
    }
}
