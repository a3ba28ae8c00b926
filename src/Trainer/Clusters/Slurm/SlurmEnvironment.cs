namespace Trainer.Clusters.Slurm;

/// <summary>
/// The environment of SLURM's programs. Variables that a job or a profile left would change what is submitted and what is shown
/// (inside a job, SLURM_* describes that job; SBATCH_PARTITION is an option), so that the same command would do different things.
/// </summary>
internal static class SlurmEnvironment
{
    private static readonly string[] Removed = ["SLURM_", "SBATCH_", "SQUEUE_", "SCANCEL_", "SACCT_", "SCONTROL"];

    // Where the controller is, and who asks it: on sites without a configuration file, or with tokens, nothing works without these.
    private static readonly string[] Kept = ["SLURM_CONF", "SLURM_CONF_SERVER", "SLURM_JWT", "SLURM_SACK_JWKS", "SLURM_SACK_KEY", "SLURM_SACK_SOCKET"];

    /// <summary>Takes out of <paramref name="variables"/> what changes the programs' ways, and sets what makes them answer in full.</summary>
    public static void Clean(IDictionary<string, string?> variables)
    {
        foreach (string name in variables.Keys.Where(IsRemoved).ToList())
        {
            variables.Remove(name);
        }
        // The indices of an array without an end are cut off at 64 characters; 0 means all of them.
        variables["SLURM_BITSTR_LEN"] = "0";
        variables["LC_ALL"] = "C";
    }

    private static bool IsRemoved(string name) =>
        Removed.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) && !Kept.Contains(name, StringComparer.Ordinal);
}
