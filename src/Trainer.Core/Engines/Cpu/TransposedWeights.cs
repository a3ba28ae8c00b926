using System.Runtime.CompilerServices;

namespace Trainer.Engines.Cpu;

/// <summary>w_OI of a layer, a copy of w_IO with inputs side by side, which the input gradient reads; the first layer needs none.</summary>
internal sealed unsafe class TransposedWeights
{
    private readonly PackedLayer _layer;
    private readonly AlignedBuffer _buffer;

    /// <summary>Room for the copy, zero at first.</summary>
    public TransposedWeights(PackedLayer layer)
    {
        _layer = layer;
        _buffer = new AlignedBuffer(layer.Index == 0 ? 0 : (long)layer.Outputs * layer.PaddedInputs);
    }

    /// <summary>Outputs by padded inputs.</summary>
    public Panels Panels => new(_buffer.Pointer, _layer.Outputs, _layer.PaddedInputs);

    /// <summary>Copies all of w_IO.</summary>
    public void CopyAll(float* parameters) => Copy(parameters, 0, _layer.Inputs);

    /// <summary>Copies the rows <paramref name="from"/> … <paramref name="to"/> − 1 of w_IO.</summary>
    public void Copy(float* parameters, int from, int to)
    {
        if (_layer.Index == 0)
        {
            return;
        }
        Panels weights = _layer.Weights(parameters);
        for (int panel = 0; panel < weights.Count; panel++)
        {
            int first = panel * Cpu.Panels.Width;
            int width = weights.WidthOf(panel);
            int count = Math.Min(width, _layer.Outputs - first);
            for (int i = from, end; i < to; i = end)
            {
                end = Math.Min((i / Cpu.Panels.Width + 1) * Cpu.Panels.Width, to);
                Tile(weights.Row(panel, i), width, Panels.At(first, i), Panels.StepAt(i), count, end - i);
            }
        }
    }

    // Numbers are read a row apart, of which the first cache holds all 64, and written side by side.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(float* source, nint sourceStep, float* target, nint targetStep, int outputs, int inputs)
    {
        for (int o = 0; o < outputs; o++)
        {
            float* from = source + o;
            float* to = target + o * targetStep;
            for (int i = 0; i < inputs; i++)
            {
                to[i] = *from;
                from += sourceStep;
            }
        }
    }
}
