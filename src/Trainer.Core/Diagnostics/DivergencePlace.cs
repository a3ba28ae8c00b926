namespace Trainer.Diagnostics;

/// <summary>What in a layer was the first not to be finite.</summary>
public enum DivergencePlace
{
    /// <summary>A weight, before the step began.</summary>
    Weight,

    /// <summary>A bias, before the step began.</summary>
    Bias,

    /// <summary>γ of a batch normalisation, before the step began.</summary>
    Scale,

    /// <summary>β of a batch normalisation, before the step began.</summary>
    Shift,

    /// <summary>A running mean or variance of a batch normalisation, before the evaluation began.</summary>
    Statistics,

    /// <summary>z = W·x + b.</summary>
    PreActivation,

    /// <summary>y = γ·ẑ + β, of finite z.</summary>
    Normalization,

    /// <summary>a = f(z), with dropout m·a, of finite z or y.</summary>
    Activation,

    /// <summary>The loss, of finite outputs.</summary>
    Loss,

    /// <summary>The gradient to z or to a parameter, after a forward pass that was finite.</summary>
    Gradient,

    /// <summary>A parameter, by the update of a gradient that was finite.</summary>
    Update,
}
