using Trainer.Networks;

namespace Trainer.Engines.Cpu;

/// <summary>
/// Where a layer's parameters lie in the engine's own order: w_IO, inputs by padded outputs, then the bias as one more
/// row. Outputs lie side by side because vectors run over them; padding is zero and stays so.
/// </summary>
/// <param name="Layer">The layer.</param>
/// <param name="Offset">Where w_IO begins.</param>
internal sealed record PackedLayer(DenseLayer Layer, int Offset)
{
    /// <summary>I.</summary>
    public int Inputs => Layer.Inputs;

    /// <summary>O.</summary>
    public int Outputs => Layer.Outputs;

    /// <summary>O, padded: numbers from one row of w_IO to the next.</summary>
    public int Stride { get; } = AlignedBuffer.Padded(Layer.Outputs);

    /// <summary>I, padded: numbers from one row of the transposed weights, or of the layer's input, to the next.</summary>
    public int InputStride { get; } = AlignedBuffer.Padded(Layer.Inputs);

    /// <summary>Where the bias begins.</summary>
    public int BiasOffset => checked(Offset + Inputs * Stride);

    /// <summary>Where the next layer begins.</summary>
    public int End => checked(BiasOffset + Stride);
}
