using Trainer.Formulas;

namespace Trainer.Engines.Reference;

/// <content>What a pass has left between the equations, for whoever looks for the number that spoilt it.</content>
public partial class NaiveNetwork<T>
    where T : struct, IScalarReal<T>
{
    /// <summary>z of a layer after a forward pass, (B, O), before its batch normalisation.</summary>
    internal ReadOnlySpan<T> DenseOutputs(int layer) => _z[layer].AsSpan(0, _rows * _shape.Layers[layer].Outputs);

    /// <summary>What the layer behind a hidden one reads after a forward pass, (B, O): a, or m·a with dropout.</summary>
    internal ReadOnlySpan<T> HiddenOutputs(int layer) =>
        (_dropped ? _outputs : _a)[layer].AsSpan(0, _rows * _shape.Layers[layer].Outputs);
}
