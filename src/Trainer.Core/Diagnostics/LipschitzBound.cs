using Trainer.Networks;

namespace Trainer.Diagnostics;

/// <summary>
/// A bound on how much farther apart two images' outputs (the logits) can lie than the images: the product over the layers of ‖W‖₂,
/// of the largest |γ|/√(var + ε) where there is a batch normalisation as it is used (running variance), and of sup |f′|.
/// </summary>
/// <remarks>Each factor is exact for its own map, so the product bounds their chain; it is seldom reached, because the layers'
/// worst directions seldom meet.</remarks>
public static class LipschitzBound
{
    /// <summary>The bound.</summary>
    /// <param name="mlp">The network.</param>
    /// <param name="spectralNorms">‖W‖₂ of each layer.</param>
    /// <param name="parameters">All parameters, in the layout of the shape.</param>
    /// <param name="statistics">Running means and variances, in the layout of the shape.</param>
    public static double Of(
        Mlp mlp, IReadOnlyList<double> spectralNorms, ReadOnlySpan<float> parameters, ReadOnlySpan<float> statistics)
    {
        double bound = 1;
        foreach (DenseLayer layer in mlp.Shape.Layers)
        {
            bound *= spectralNorms[layer.Index];
            if (layer.IsNormalized)
            {
                bound *= NormalizationFactor(layer, mlp.BatchNorm!.Eps, parameters, statistics);
            }
            if (layer.Index < mlp.Activations.Count)
            {
                bound *= LipschitzConstant.Of(mlp.Activations[layer.Index]);
            }
        }
        return bound;
    }

    private static double NormalizationFactor(
        DenseLayer layer, double eps, ReadOnlySpan<float> parameters, ReadOnlySpan<float> statistics)
    {
        double largest = 0;
        for (int o = 0; o < layer.Outputs; o++)
        {
            double variance = statistics[layer.StatisticsOffset + layer.Outputs + o];
            largest = Math.Max(largest, Math.Abs(parameters[layer.ScaleOffset + o]) / Math.Sqrt(variance + eps));
        }
        return largest;
    }
}
