namespace Trainer.Engines.Gpu;

/// <summary>What rows pass through a network for.</summary>
internal enum GpuPassKind
{
    /// <summary>For their losses: running statistics, no dropout, no label smoothing.</summary>
    Evaluation,

    /// <summary>For the gradient of the data alone: the rows' own statistics, no dropout.</summary>
    Gradient,

    /// <summary>For a step: the rows' own statistics, which the running ones follow, and dropout.</summary>
    Training,
}
