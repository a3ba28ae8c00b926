namespace Trainer.Activations;

/// <summary>How <see cref="Gelu"/> is computed.</summary>
public enum GeluForm
{
    /// <summary>By the normal distribution itself.</summary>
    None,

    /// <summary>By a hyperbolic tangent that is near it.</summary>
    Tanh,
}
