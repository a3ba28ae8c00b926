namespace Trainer.Networks;

/// <summary>What a group of a layer's parameters is.</summary>
public enum ParameterKind
{
    /// <summary>W, [out, in].</summary>
    Weight,

    /// <summary>b.</summary>
    Bias,

    /// <summary>γ of a batch normalisation.</summary>
    Scale,

    /// <summary>β of a batch normalisation.</summary>
    Shift,
}
