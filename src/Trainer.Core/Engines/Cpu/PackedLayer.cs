using Trainer.Networks;

namespace Trainer.Engines.Cpu;

/// <summary>
/// Where a layer's parameters lie in the engine's own order: w_IO, inputs by padded outputs, in <see cref="Panels"/>;
/// then the bias, then γ and β. Outputs lie side by side because vectors run over them; padding is zero and stays so.
/// </summary>
/// <param name="Layer">The layer.</param>
/// <param name="Offset">Where w_IO begins.</param>
internal sealed unsafe record PackedLayer(DenseLayer Layer, int Offset)
{
    /// <summary>l, from 0.</summary>
    public int Index => Layer.Index;

    /// <summary>I.</summary>
    public int Inputs => Layer.Inputs;

    /// <summary>O.</summary>
    public int Outputs => Layer.Outputs;

    /// <summary>O, padded.</summary>
    public int PaddedOutputs { get; } = AlignedBuffer.Padded(Layer.Outputs);

    /// <summary>I, padded.</summary>
    public int PaddedInputs { get; } = AlignedBuffer.Padded(Layer.Inputs);

    /// <summary>Where the bias begins.</summary>
    public int BiasOffset => checked(Offset + Inputs * PaddedOutputs);

    /// <summary>Where γ of a batch normalisation begins, if the layer has one.</summary>
    public int ScaleOffset => checked(BiasOffset + PaddedOutputs);

    /// <summary>Where β of a batch normalisation begins, if the layer has one.</summary>
    public int ShiftOffset => checked(ScaleOffset + PaddedOutputs);

    /// <summary>Where the next layer begins.</summary>
    public int End => checked(BiasOffset + (Layer.IsNormalized ? 3 : 1) * PaddedOutputs);

    /// <summary>Number of panels of w_IO.</summary>
    public int PanelCount => Panels.CountOf(PaddedOutputs);

    /// <summary>Columns of panel <paramref name="panel"/>.</summary>
    public int WidthOf(int panel) => Math.Min(Panels.Width, PaddedOutputs - panel * Panels.Width);

    /// <summary>Where the row of input <paramref name="input"/> begins in panel <paramref name="panel"/>.</summary>
    public nint OffsetOf(int panel, int input) =>
        Offset + (nint)panel * Panels.Width * Inputs + (nint)input * WidthOf(panel);

    /// <summary>w_IO within <paramref name="parameters"/>, which may also be a gradient or a state.</summary>
    public Panels Weights(float* parameters) => new(parameters + Offset, Inputs, PaddedOutputs);
}
