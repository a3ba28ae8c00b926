using Trainer.Formulas;

namespace Trainer.Engines.Cpu;

/// <summary>
/// The part of a step that each row goes through by itself: from the first layer's activations to the loss, and back to
/// the gradient of every z. Behind a batch normalisation, whose units need all rows, only one layer at a time.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="workspace">What passes through.</param>
internal readonly unsafe struct RowPhase<TLanes>(CpuNetwork<TLanes> network, Workspace workspace)
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>
    /// Takes rows <paramref name="from"/> … <paramref name="to"/> − 1 of the batch from behind the first layer to the end.
    /// </summary>
    /// <param name="labels">The class of each row of the batch.</param>
    /// <param name="from">First row.</param>
    /// <param name="to">The row behind the last.</param>
    /// <param name="training">Whether labels are smoothed; else z is normalised by the running statistics.</param>
    /// <param name="dropout">Which units are left out.</param>
    /// <param name="results">Receives losses and predictions.</param>
    /// <param name="position">Where those of row 0 go.</param>
    public void Forward(
        ReadOnlySpan<byte> labels, int from, int to, bool training, DropoutRows? dropout, RowResults results, int position)
    {
        for (int panel = 0; dropout is { } first && network.Last > 0 && panel < network.First.PanelCount; panel++)
        {
            first.Apply<TLanes>(workspace, 0, panel, from, to);
        }
        bool normalizes = !training && network.Mlp.BatchNorm is not null;
        for (int l = 1; l <= network.Last; l++)
        {
            Panels x = workspace.Outputs(l - 1);
            for (int panel = 0; panel < network.Layers[l].PanelCount; panel++)
            {
                Dense(network.Layers[l], x, panel, from, to);
                if (l < network.Last)
                {
                    Finish(l, panel, from, to, normalizes, dropout);
                }
            }
        }
        Loss(labels, from, to, training, results, position);
    }

    /// <summary>z of a panel of a layer: bias + x·w_IO.</summary>
    public void Dense(PackedLayer layer, Panels x, int panel, int from, int to)
    {
        Panels weights = layer.Weights(network.Parameters.Pointer);
        Panels z = workspace.Z(layer.Index);
        int column = panel * Panels.Width;
        int width = weights.WidthOf(panel);
        float* zTile = z.At(from, column);
        int zStep = z.StepAt(column);
        for (int i = 0; i < layer.Inputs; i += MatrixProduct.Depth)
        {
            float* start = i == 0 ? network.Parameters.Pointer + layer.BiasOffset + column : zTile;
            int startStep = i == 0 ? 0 : zStep;
            MatrixProduct.Compute<TLanes>(
                new MatrixProduct.Left(x.At(from, i), x.StepAt(i), 1), weights.Row(panel, i), width, start, startStep,
                to - from, width, Math.Min(MatrixProduct.Depth, layer.Inputs - i), zTile, zStep);
        }
    }

    /// <summary>From z of a panel of a hidden layer to what the next layer reads.</summary>
    public void Finish(int layer, int panel, int from, int to, bool normalizes, DropoutRows? dropout)
    {
        float* z = workspace.Z(layer).Row(panel, from);
        if (normalizes)
        {
            network.NormalizeByRunning(layer, panel, z, to - from);
        }
        network.Activations[layer].Activate(z, (to - from) * network.Layers[layer].WidthOf(panel), workspace.A(layer).Row(panel, from));
        dropout?.Apply<TLanes>(workspace, layer, panel, from, to);
    }

    /// <summary>Losses and predictions from the last layer's z.</summary>
    public void Loss(ReadOnlySpan<byte> labels, int from, int to, bool training, RowResults results, int position)
    {
        LossRows<TLanes> loss = network.Loss;
        for (int b = from; b < to; b++)
        {
            results.Losses[position + b] = loss.Forward(
                workspace.Z(network.Last).Row(0, b), labels[b], training, workspace.Dz(network.Last).Row(0, b),
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
        LossBackward(labels, count, from, to);
        for (int l = network.Last; l > 0; l--)
        {
            for (int panel = 0; panel < network.Layers[l - 1].PanelCount; panel++)
            {
                InputGradient(network.Layers[l], panel, from, to);
                Differentiate(l - 1, panel, from, to);
            }
        }
        return IsFinite(from, to);
    }

    /// <summary>The gradient to the outputs, from what the forward pass left.</summary>
    public void LossBackward(ReadOnlySpan<byte> labels, int count, int from, int to)
    {
        LossRows<TLanes> loss = network.Loss;
        for (int b = from; b < to; b++)
        {
            loss.Backward(labels[b], count, workspace.Dz(network.Last).Row(0, b));
        }
    }

    /// <summary>The gradient to a panel of what a layer reads.</summary>
    public void InputGradient(PackedLayer layer, int panel, int from, int to)
    {
        Panels weights = network.Transposed(layer.Index).Panels;
        Panels dz = workspace.Dz(layer.Index);
        int width = weights.WidthOf(panel);
        float* da = workspace.Dz(layer.Index - 1).Row(panel, from);
        for (int o = 0; o < layer.Outputs; o += MatrixProduct.Depth)
        {
            float* start = o == 0 ? ZeroRow.Pointer : da;
            int startStep = o == 0 ? 0 : width;
            MatrixProduct.Compute<TLanes>(
                new MatrixProduct.Left(dz.At(from, o), dz.StepAt(o), 1), weights.Row(panel, o), width, start, startStep,
                to - from, width, Math.Min(MatrixProduct.Depth, layer.Outputs - o), da, width);
        }
    }

    /// <summary>From the gradient to what is read of a panel to that of what its activation takes, in place.</summary>
    public void Differentiate(int layer, int panel, int from, int to)
    {
        int count = (to - from) * network.Layers[layer].WidthOf(panel);
        float* da = workspace.Dz(layer).Row(panel, from);
        if (workspace.Drops)
        {
            Elementwise.Multiply<TLanes>(da, workspace.Masks(layer).Row(panel, from), count, da);
        }
        network.Activations[layer].Differentiate(
            workspace.Y(layer).Row(panel, from), workspace.A(layer).Row(panel, from), count, da);
    }

    /// <summary>Whether none of the first layer's gradients to z is infinite or NaN.</summary>
    public bool IsFinite(int from, int to)
    {
        bool finite = true;
        Panels dz = workspace.Dz(0);
        for (int panel = 0; panel < dz.Count; panel++)
        {
            finite &= Elementwise.AllFinite<TLanes>(dz.Row(panel, from), (to - from) * dz.WidthOf(panel));
        }
        return finite;
    }
}
