namespace Trainer.Charts;

/// <summary>How values are spaced along an axis.</summary>
internal enum AxisScale
{
    /// <summary>Equal differences are equal distances.</summary>
    Linear,

    /// <summary>Equal ratios are equal distances; values that are not positive are not drawn.</summary>
    Logarithmic,
}
