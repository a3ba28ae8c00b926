namespace Trainer.Networks;

/// <summary>One fully connected layer, z = W·x + b, and where its parameters lie in the network's flat vector.</summary>
/// <param name="Index">Position in the network, from 0.</param>
/// <param name="Inputs">I, the length of x.</param>
/// <param name="Outputs">O, the length of z.</param>
/// <param name="WeightOffset">Where W begins: O rows of I numbers, [out, in] as in PyTorch.</param>
public sealed record DenseLayer(int Index, int Inputs, int Outputs, int WeightOffset)
{
    /// <summary>Number of weights, O·I.</summary>
    public int WeightCount => Outputs * Inputs;

    /// <summary>Where b begins: O numbers, right behind W.</summary>
    public int BiasOffset => WeightOffset + WeightCount;
}
