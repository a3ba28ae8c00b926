using Trainer.Formulas;

namespace Trainer.Engines.Cpu;

/// <summary>
/// The part of a step that each row goes through by itself: from the first layer's activations to the loss, and back to
/// the gradient of every z.
/// </summary>
/// <param name="layout">Where parameters lie.</param>
/// <param name="parameters">w_IO and bias of every layer.</param>
/// <param name="transposed">w_OI of every layer but the first.</param>
/// <param name="workspace">What passes through.</param>
/// <param name="activations">f of each hidden layer.</param>
internal readonly unsafe struct RowPhase<TLanes>(
    PackedLayout layout,
    AlignedBuffer parameters,
    TransposedWeights[] transposed,
    Workspace workspace,
    ActivationLoops<TLanes>[] activations)
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>
    /// Takes rows <paramref name="from"/> … <paramref name="to"/> − 1 of the batch from behind the first layer to the end.
    /// </summary>
    /// <param name="labels">The class of each row of the batch.</param>
    /// <param name="from">First row.</param>
    /// <param name="to">The row behind the last.</param>
    /// <param name="results">Receives losses and predictions.</param>
    /// <param name="position">Where those of row 0 go.</param>
    public void Forward(ReadOnlySpan<byte> labels, int from, int to, RowResults results, int position)
    {
        int last = layout.Layers.Length - 1;
        for (int l = 1; l <= last; l++)
        {
            Forward(layout.Layers[l], from, to, activate: l < last);
        }
        int outputs = layout.Layers[last].Outputs;
        for (int b = from; b < to; b++)
        {
            results.Losses[position + b] = Elementwise.SoftmaxCrossEntropy<TLanes>(
                workspace.Z(last).Row(0, b), outputs, labels[b], workspace.Dz(last).Row(0, b),
                out results.Predictions[position + b]);
        }
    }

    /// <summary>After the same rows went forward: the gradient of the batch's mean loss to every z.</summary>
    /// <param name="labels">The class of each row of the batch.</param>
    /// <param name="count">Rows of the batch.</param>
    /// <param name="from">First row.</param>
    /// <param name="to">The row behind the last.</param>
    /// <returns>Whether none of the first layer's is infinite or NaN.</returns>
    public bool Backward(ReadOnlySpan<byte> labels, int count, int from, int to)
    {
        int last = layout.Layers.Length - 1;
        PackedLayer output = layout.Layers[last];
        for (int b = from; b < to; b++)
        {
            Elementwise.SoftmaxCrossEntropyBackward<TLanes>(
                output.Outputs, labels[b], count, output.PaddedOutputs, workspace.Dz(last).Row(0, b));
        }
        for (int l = last; l > 0; l--)
        {
            Backward(layout.Layers[l], from, to);
        }
        bool finite = true;
        Panels dz = workspace.Dz(0);
        for (int panel = 0; panel < dz.Count; panel++)
        {
            finite &= Elementwise.AllFinite<TLanes>(dz.Row(panel, from), (to - from) * dz.WidthOf(panel));
        }
        return finite;
    }

    private void Forward(PackedLayer layer, int from, int to, bool activate)
    {
        Panels weights = layer.Weights(parameters.Pointer);
        Panels z = workspace.Z(layer.Index);
        Panels x = workspace.A(layer.Index - 1);
        for (int panel = 0; panel < weights.Count; panel++)
        {
            int column = panel * Panels.Width;
            int width = weights.WidthOf(panel);
            float* zTile = z.At(from, column);
            int zStep = z.StepAt(column);
            for (int i = 0; i < layer.Inputs; i += MatrixProduct.Depth)
            {
                float* start = i == 0 ? parameters.Pointer + layer.BiasOffset + column : zTile;
                int startStep = i == 0 ? 0 : zStep;
                MatrixProduct.Compute<TLanes>(
                    new MatrixProduct.Left(x.At(from, i), x.StepAt(i), 1), weights.Row(panel, i), width, start, startStep,
                    to - from, width, Math.Min(MatrixProduct.Depth, layer.Inputs - i), zTile, zStep);
            }
            if (activate)
            {
                activations[layer.Index].Activate(zTile, (to - from) * width, workspace.A(layer.Index).Row(panel, from));
            }
        }
    }

    private void Backward(PackedLayer layer, int from, int to)
    {
        Panels weights = transposed[layer.Index].Panels;
        Panels dz = workspace.Dz(layer.Index);
        Panels da = workspace.Dz(layer.Index - 1);
        for (int panel = 0; panel < weights.Count; panel++)
        {
            int width = weights.WidthOf(panel);
            float* daTile = da.Row(panel, from);
            for (int o = 0; o < layer.Outputs; o += MatrixProduct.Depth)
            {
                float* start = o == 0 ? ZeroRow.Pointer : daTile;
                int startStep = o == 0 ? 0 : width;
                MatrixProduct.Compute<TLanes>(
                    new MatrixProduct.Left(dz.At(from, o), dz.StepAt(o), 1), weights.Row(panel, o), width, start, startStep,
                    to - from, width, Math.Min(MatrixProduct.Depth, layer.Outputs - o), daTile, width);
            }
            activations[layer.Index - 1].Differentiate(
                workspace.Z(layer.Index - 1).Row(panel, from), workspace.A(layer.Index - 1).Row(panel, from),
                (to - from) * width, daTile);
        }
    }
}
