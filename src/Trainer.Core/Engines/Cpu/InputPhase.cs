using Trainer.Activations;
using Trainer.Formulas;

namespace Trainer.Engines.Cpu;

/// <summary>
/// The first layer forward, from pixels. Threads share it by panels of outputs, so that a thread works with weights which
/// it has updated itself: 400 KB of the course's network that need not pass from one core's cache to another's.
/// </summary>
/// <param name="layer">The first layer.</param>
/// <param name="parameters">Parameters of all layers.</param>
/// <param name="activation">f, unless the layer is the last as well.</param>
internal readonly unsafe struct InputPhase<TLanes, TActivation>(PackedLayer layer, AlignedBuffer parameters, TActivation activation)
    where TLanes : struct, ILanes<TLanes>
    where TActivation : struct, IActivationFormula
{
    /// <summary>z and a of one thread's share.</summary>
    /// <param name="images">The pixels.</param>
    /// <param name="share">Which rows of which panel.</param>
    /// <param name="all">Whether no input is to be left out: a weight is infinite or NaN, and its product with 0 counts.</param>
    /// <param name="workspace">Receives z and a.</param>
    /// <param name="activate">Whether f is behind this layer.</param>
    /// <param name="cancellation">Ends it, with z and a unfinished.</param>
    public void Forward(
        ImageBatch images, PanelShare share, bool all, Workspace workspace, bool activate, CancellationToken cancellation)
    {
        Panels weights = layer.Weights(parameters.Pointer);
        for (int panel = 0; panel < weights.Count; panel++)
        {
            (int from, int to) = share.Of(panel);
            for (int row = from; row < to && !cancellation.IsCancellationRequested; row += ImageBatch.Block)
            {
                int count = Math.Min(ImageBatch.Block, to - row);
                Rows(images, images.Order + row, count, all, weights, panel, workspace.Z(0));
                if (activate)
                {
                    Elementwise.ActivateRows<TLanes, TActivation>(
                        activation, images.Order + row, count, weights.WidthOf(panel),
                        workspace.Z(0).Row(panel, 0), workspace.A(0).Row(panel, 0));
                }
            }
        }
    }

    private void Rows(
        ImageBatch images, int* order, int count, bool all, Panels weights, int panel, Panels z)
    {
        int column = panel * Panels.Width;
        int width = weights.WidthOf(panel);
        float* bias = parameters.Pointer + layer.BiasOffset + column;
        ImageForward.Compute<TLanes>(
            images, order, count, all, weights.Row(panel, 0), width, bias, z.At(0, column), z.StepAt(column));
        // Had nothing been left out, a z of −0 might be +0. It hardly ever occurs, so all of these rows are made again.
        if (!all && Elementwise.HasNegativeZero<TLanes>(order, count, width, z.At(0, column), z.StepAt(column)))
        {
            Rows(images, order, count, true, weights, panel, z);
        }
    }
}
