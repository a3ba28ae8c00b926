namespace Trainer.Clusters;

/// <summary>What runs the cells of a sweep.</summary>
internal enum Launcher
{
    /// <summary>This process.</summary>
    Local,

    /// <summary>A SLURM job array.</summary>
    Slurm,

    /// <summary>An Indexed Job, which somebody else submits.</summary>
    Kubernetes,
}
