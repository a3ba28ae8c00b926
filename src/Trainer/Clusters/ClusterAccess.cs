using Trainer.Clusters.Slurm;

namespace Trainer.Clusters;

/// <summary>How a command comes by a cluster.</summary>
/// <param name="Programs">Runs the scheduler's programs.</param>
/// <param name="Variable">The value of an environment variable; null where it is not set.</param>
/// <param name="Clock">The time.</param>
internal sealed record ClusterAccess(IProgramRunner Programs, Func<string, string?> Variable, TimeProvider Clock)
{
    /// <summary>SLURM.</summary>
    public SlurmClient Slurm { get; init; } = new(Programs);

    /// <summary>This process's environment.</summary>
    public static ClusterAccess OfThisProcess() => new(new ProgramRunner(), Environment.GetEnvironmentVariable, TimeProvider.System);
}
