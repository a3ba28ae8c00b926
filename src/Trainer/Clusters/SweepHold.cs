using Trainer.Failures;
using Trainer.Listings;
using Trainer.Results;
using Trainer.Terminal;

namespace Trainer.Clusters;

/// <summary>One process at a time decides about a submitted sweep.</summary>
internal static class SweepHold
{
    /// <summary>Takes the sweep.</summary>
    /// <param name="shell">Where to say that others may not be kept out.</param>
    /// <param name="folder">The sweep.</param>
    /// <exception cref="RunFailedException">Another process has it, or it cannot be written.</exception>
    public static RunLock Take(Shell shell, ClusterFolder folder)
    {
        ResultLinks.ThrowIfLeadingOut(folder.Sweep.Path);
        var hold = new RunLock(folder.Sweep.Path);
        if (hold.Notice is { } notice)
        {
            shell.Error.WriteLine(notice);
        }
        return hold;
    }

    /// <summary>Refuses to decide about what somebody else has submitted: SLURM would refuse, too, and half of it would be done.</summary>
    /// <exception cref="ConfigException">It is another's.</exception>
    public static void ThrowIfOthers(Shell shell, ClusterFolder folder, ClusterPlan plan)
    {
        string user = shell.Clusters.Slurm.User;
        if (plan.User != user)
        {
            throw new ConfigException($"{folder.Sweep.Path}: was submitted by {plan.User}, and you are {user}; look at it by 'trainer sweep status', or submit it with another --out");
        }
    }
}
