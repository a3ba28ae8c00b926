namespace Trainer.Networks;

/// <summary>One tensor of parameters, and where it lies in the network's flat vector.</summary>
/// <param name="Layer">The layer that it belongs to.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Its first number.</param>
/// <param name="Count">How many numbers.</param>
public sealed record ParameterGroup(DenseLayer Layer, ParameterKind Kind, int Offset, int Count);
