namespace Trainer.Engines.Gpu;

/// <summary>What a training has beside a plain network and an update rule, as far as it decides which kernels are launched.</summary>
/// <param name="IsNormalized">Whether hidden layers are normalised.</param>
/// <param name="IsDropped">Whether hidden units are left out.</param>
/// <param name="Loss">The kernel of the loss in training.</param>
/// <param name="HasTerms">Whether gradients or parameters change before the update rule, each for itself.</param>
/// <param name="ClipsNorm">Whether the norm of the gradient is bounded.</param>
/// <param name="BoundsUnits">Whether the norm of a unit's weights is bounded.</param>
/// <param name="Averages">Whether an average of the parameters is kept.</param>
/// <param name="InPortions">Whether a batch passes in portions.</param>
internal sealed record GpuFeatures(
    bool IsNormalized, bool IsDropped, string Loss, bool HasTerms, bool ClipsNorm, bool BoundsUnits, bool Averages, bool InPortions)
{
    /// <summary>Softmax and cross-entropy.</summary>
    public const string CrossEntropy = "softmax_cross_entropy";

    /// <summary>The same with label smoothing.</summary>
    public const string SmoothedCrossEntropy = "smoothed_cross_entropy";

    /// <summary>Mean squared error.</summary>
    public const string MeanSquaredError = "mean_squared_error";

    /// <summary>Whether something stands between product and activation, or behind the activation, so that it has a kernel of its
    /// own.</summary>
    public bool IsSeparate => IsNormalized || IsDropped;

    /// <summary>Whether the gradient is kept before it is used up.</summary>
    public bool IsStaged => HasTerms || ClipsNorm || IsNormalized || InPortions;

    /// <summary>The kernel of the loss when the network is used: without smoothing.</summary>
    public string MeasuredLoss => Loss == MeanSquaredError ? MeanSquaredError : CrossEntropy;

    /// <summary>Whether the kernels that take rows through all layers can do it.</summary>
    public bool MayPassRows => !IsSeparate && !InPortions && Loss == CrossEntropy;

    /// <summary>The features of a setup.</summary>
    public static GpuFeatures Of(TrainingSetup setup)
    {
        bool hidden = setup.Shape.Layers.Count > 1;
        return new GpuFeatures(
            IsNormalized: setup.Shape.Layers[0].IsNormalized,
            IsDropped: hidden && setup.Network.Dropout > 0,
            Loss: setup.Network.Loss switch
            {
                Losses.MeanSquaredError => MeanSquaredError,
                Losses.CrossEntropy { LabelSmoothing: > 0 } => SmoothedCrossEntropy,
                _ => CrossEntropy,
            },
            HasTerms: setup.Shape.Groups.Any(group => !setup.Terms(group.Kind).AreNone),
            ClipsNorm: setup.Clipping?.Norm is not null,
            BoundsUnits: setup.Regularization.MaxNorm is not null,
            Averages: setup.Average is not null,
            InPortions: setup.RowsTogether < setup.BatchSize);
    }
}
