using Trainer.Activations;
using Trainer.Data;
using Trainer.Formulas;

namespace Trainer.Engines.Cpu;

/// <summary>
/// The part of a step that each row goes through by itself: forward to the loss, and back to the gradient of every z.
/// </summary>
/// <param name="layout">Where parameters lie.</param>
/// <param name="parameters">w_IO and bias of every layer.</param>
/// <param name="transposed">w_OI of every layer but the first.</param>
/// <param name="workspace">What passes through.</param>
/// <param name="activation">f of the hidden layers.</param>
/// <param name="firstRow">The workspace row that stands for row 0.</param>
internal readonly unsafe struct RowPhase<TLanes, TActivation>(
    PackedLayout layout,
    AlignedBuffer parameters,
    AlignedBuffer[] transposed,
    Workspace workspace,
    TActivation activation,
    int firstRow)
    where TLanes : struct, ILanes<TLanes>
    where TActivation : struct, IActivationFormula
{
    /// <summary>The same phase with its row 0 at workspace row <paramref name="row"/>.</summary>
    public RowPhase<TLanes, TActivation> At(int row) => new(layout, parameters, transposed, workspace, activation, row);

    /// <summary>
    /// Takes rows <paramref name="from"/> … <paramref name="to"/> − 1 of the batch <paramref name="rows"/> forward; row b's loss and
    /// prediction go to position <paramref name="position"/> + b of the results.
    /// </summary>
    public void Forward(Split data, ReadOnlySpan<int> rows, int from, int to, RowResults results, int position)
    {
        PackedLayer first = layout.Layers[0];
        for (int b = from; b < to; b++)
        {
            Elementwise.FromBytes<TLanes>(data.Pixels(rows[b]), Row(workspace.Input, first.InputStride, b));
        }
        for (int l = 0; l < layout.Layers.Length; l++)
        {
            PackedLayer layer = layout.Layers[l];
            float* z = Row(workspace.Z[l], layer.Stride, from);
            MatrixProduct.Compute<TLanes>(
                new MatrixProduct.Left(Row(workspace.InputOf(l), layer.InputStride, from), layer.InputStride, 1),
                parameters.Pointer + layer.Offset, layer.Stride, parameters.Pointer + layer.BiasOffset,
                to - from, layer.Stride, layer.Inputs, z, layer.Stride);
            if (l + 1 < layout.Layers.Length)
            {
                Elementwise.Activate<TLanes, TActivation>(
                    activation, z, (to - from) * layer.Stride, Row(workspace.A[l], layer.Stride, from));
            }
        }
        int last = layout.Layers.Length - 1;
        PackedLayer output = layout.Layers[last];
        for (int b = from; b < to; b++)
        {
            results.Losses[position + b] = Elementwise.SoftmaxCrossEntropy<TLanes>(
                Row(workspace.Z[last], output.Stride, b), output.Outputs, data.Label(rows[b]),
                Row(workspace.Dz[last], output.Stride, b), out results.Predictions[position + b]);
        }
    }

    /// <summary>After <see cref="Forward"/> of the same rows: the gradient of the batch's mean loss to every z.</summary>
    public void Backward(Split data, ReadOnlySpan<int> rows, int from, int to)
    {
        int last = layout.Layers.Length - 1;
        PackedLayer output = layout.Layers[last];
        for (int b = from; b < to; b++)
        {
            Elementwise.SoftmaxCrossEntropyBackward<TLanes>(
                output.Outputs, data.Label(rows[b]), rows.Length, output.Stride, Row(workspace.Dz[last], output.Stride, b));
        }
        for (int l = last; l > 0; l--)
        {
            PackedLayer layer = layout.Layers[l];
            float* da = Row(workspace.Dz[l - 1], layer.InputStride, from);
            MatrixProduct.Compute<TLanes>(
                new MatrixProduct.Left(Row(workspace.Dz[l], layer.Stride, from), layer.Stride, 1),
                transposed[l].Pointer, layer.InputStride, null,
                to - from, layer.InputStride, layer.Outputs, da, layer.InputStride);
            Elementwise.Differentiate<TLanes, TActivation>(
                activation, Row(workspace.Z[l - 1], layer.InputStride, from), Row(workspace.A[l - 1], layer.InputStride, from),
                (to - from) * layer.InputStride, da);
        }
    }

    private float* Row(AlignedBuffer buffer, int stride, int row) => buffer.Pointer + (nint)(firstRow + row) * stride;
}
