using System.Globalization;
using Trainer.Failures;

namespace Trainer.Clusters;

/// <summary>What the scheduler tells a task of itself, by environment variables.</summary>
/// <param name="Job">The array's id; null outside of SLURM.</param>
/// <param name="Index">The task's index in its array, from 1.</param>
/// <param name="Restart">How often it was started before.</param>
/// <param name="Cores">The processor cores that it may use; 0 where nobody says.</param>
internal sealed record TaskPlace(string? Job, int Index, int Restart, int Cores)
{
    /// <summary>The index that <c>--index</c> gives.</summary>
    public const string IndexOption = "--index";

    private const string SlurmIndex = "SLURM_ARRAY_TASK_ID";
    private const string KubernetesIndex = "JOB_COMPLETION_INDEX";

    /// <summary>"4711_3".</summary>
    public string Name => Job is null ? FormattableString.Invariant($"{Index}") : FormattableString.Invariant($"{Job}_{Index}");

    /// <summary>Reads the environment.</summary>
    /// <param name="variable">The value of a variable; null where it is not set.</param>
    /// <param name="index">What was given by <c>--index</c>; null where nothing was.</param>
    /// <exception cref="ConfigException">Nobody says which task it is.</exception>
    public static TaskPlace Of(Func<string, string?> variable, int? index)
    {
        int? Number(string name) => int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

        string? job = Number(SlurmIndex) is null || index is not null ? null : variable("SLURM_ARRAY_JOB_ID");
        int found = index ?? Number(SlurmIndex) ?? Number(KubernetesIndex) + 1
            ?? throw new ConfigException($"which task? neither {IndexOption} nor {SlurmIndex} nor {KubernetesIndex} is set");
        // Not set before the first restart.
        return new TaskPlace(job, found, Number("SLURM_RESTART_COUNT") ?? 0, Number("SLURM_CPUS_PER_TASK") ?? Number("SLURM_CPUS_ON_NODE") ?? 0);
    }
}
