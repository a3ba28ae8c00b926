using Trainer.Formulas;

namespace Trainer.Engines.Cpu;

/// <summary>The part of a step that each weight goes through by itself: its gradient, summed over all rows in order.</summary>
internal static unsafe class WeightPhase
{
    /// <summary>Rows of w_IO whose gradient is made and used up together: 8 KiB at 128 outputs, well inside the first cache.</summary>
    public const int ChunkRows = 16;

    /// <summary>dw[i,o] = Σ_b x[b,i]·dz[b,o] for i in <paramref name="from"/> … <paramref name="to"/> − 1.</summary>
    /// <param name="workspace">x_BI and dz_BO.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="rows">B.</param>
    /// <param name="from">First input.</param>
    /// <param name="to">The input behind the last.</param>
    /// <param name="gradient">Receives the rows, padded as in w_IO.</param>
    public static void Gradient<TLanes>(Workspace workspace, PackedLayer layer, int rows, int from, int to, float* gradient)
        where TLanes : struct, ILanes<TLanes>
    {
        int l = layer.Layer.Index;
        MatrixProduct.Compute<TLanes>(
            new MatrixProduct.Left(workspace.InputOf(l).Pointer + from, 1, layer.InputStride),
            workspace.Dz[l].Pointer, layer.Stride, null,
            to - from, layer.Stride, rows, gradient, layer.Stride);
    }

    /// <summary>db[o] = Σ_b dz[b,o].</summary>
    public static void BiasGradient<TLanes>(Workspace workspace, PackedLayer layer, int rows, float* gradient)
        where TLanes : struct, ILanes<TLanes> =>
        Elementwise.SumRows<TLanes>(workspace.Dz[layer.Layer.Index].Pointer, layer.Stride, rows, layer.Stride, gradient);

    /// <summary>Copies rows <paramref name="from"/> … <paramref name="to"/> − 1 of w_IO into w_OI, which the input gradient
    /// reads; the first layer has none.</summary>
    public static void Transpose(PackedLayer layer, float* parameters, int from, int to, float* transposed)
    {
        if (layer.Layer.Index == 0)
        {
            return;
        }
        for (int i = from; i < to; i++)
        {
            float* row = parameters + layer.Offset + (nint)i * layer.Stride;
            for (int o = 0; o < layer.Outputs; o++)
            {
                transposed[(nint)o * layer.InputStride + i] = row[o];
            }
        }
    }
}
