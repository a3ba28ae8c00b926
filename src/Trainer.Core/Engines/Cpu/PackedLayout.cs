using Trainer.Networks;

namespace Trainer.Engines.Cpu;

/// <summary>All layers' parameters in the engine's own order, and the way there and back.</summary>
internal sealed unsafe class PackedLayout
{
    /// <summary>The layout for <paramref name="shape"/>.</summary>
    public PackedLayout(MlpShape shape)
    {
        var layers = new PackedLayer[shape.Layers.Count];
        int offset = 0;
        for (int l = 0; l < layers.Length; l++)
        {
            layers[l] = new PackedLayer(shape.Layers[l], offset);
            offset = layers[l].End;
        }
        Layers = layers;
        Length = offset;
    }

    /// <summary>The layers, from the input on.</summary>
    public PackedLayer[] Layers { get; }

    /// <summary>Length of a packed vector.</summary>
    public int Length { get; }

    /// <summary>From the shape's order, [out, in], to the engine's.</summary>
    public void Pack(ReadOnlySpan<float> flat, AlignedBuffer packed)
    {
        // Padding too: a gradient that was infinite or NaN has spoilt it.
        packed.Span.Clear();
        foreach (PackedLayer layer in Layers)
        {
            Panels weights = layer.Weights(packed.Pointer);
            for (int o = 0; o < layer.Outputs; o++)
            {
                ReadOnlySpan<float> row = flat.Slice(layer.Layer.WeightOffset + o * layer.Inputs, layer.Inputs);
                float* column = weights.At(0, o);
                nint step = weights.StepAt(o);
                for (int i = 0; i < row.Length; i++)
                {
                    column[i * step] = row[i];
                }
            }
            foreach ((int from, int to) in Vectors(layer))
            {
                flat.Slice(from, layer.Outputs).CopyTo(packed.Span[to..]);
            }
        }
    }

    /// <summary>From the engine's order to the shape's.</summary>
    public void Unpack(AlignedBuffer packed, Span<float> flat)
    {
        foreach (PackedLayer layer in Layers)
        {
            Panels weights = layer.Weights(packed.Pointer);
            for (int o = 0; o < layer.Outputs; o++)
            {
                Span<float> row = flat.Slice(layer.Layer.WeightOffset + o * layer.Inputs, layer.Inputs);
                float* column = weights.At(0, o);
                nint step = weights.StepAt(o);
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] = column[i * step];
                }
            }
            foreach ((int to, int from) in Vectors(layer))
            {
                packed.Span.Slice(from, layer.Outputs).CopyTo(flat[to..]);
            }
        }
    }

    /// <summary>A layer's parameters of which each output has one: where they lie in the shape's order, and in the engine's.</summary>
    private static IEnumerable<(int Flat, int Packed)> Vectors(PackedLayer layer) => layer.Layer.IsNormalized
        ?
        [
            (layer.Layer.BiasOffset, layer.BiasOffset), (layer.Layer.ScaleOffset, layer.ScaleOffset),
            (layer.Layer.ShiftOffset, layer.ShiftOffset),
        ]
        : [(layer.Layer.BiasOffset, layer.BiasOffset)];
}
