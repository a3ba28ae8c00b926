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
        for (int i = from; i < to; i++)
        {
            float* column = Panels.At(0, i);
            nint step = Panels.StepAt(i);
            for (int panel = 0; panel < weights.Count; panel++)
            {
                float* row = weights.Row(panel, i);
                int first = panel * Cpu.Panels.Width;
                int count = Math.Min(weights.WidthOf(panel), _layer.Outputs - first);
                for (int o = 0; o < count; o++)
                {
                    column[(first + o) * step] = row[o];
                }
            }
        }
    }
}
