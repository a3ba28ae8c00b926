namespace Trainer.Clusters;

/// <summary>All keys of <see cref="ClusterSettings"/>; the reader of sweep files, their schema and the command line go through them.</summary>
internal static class ClusterKeys
{
    /// <summary>The key of the arguments for <c>sbatch</c>, a list.</summary>
    public const string SbatchArguments = "sbatch_args";

    private static readonly Launcher[] Slurm = [Launcher.Slurm];
    private static readonly Launcher[] Kubernetes = [Launcher.Kubernetes];
    private static readonly Launcher[] Both = [Launcher.Slurm, Launcher.Kubernetes];

    /// <summary>Those that stand beside <see cref="SbatchArguments"/>.</summary>
    public static IReadOnlyList<ClusterKey> Shared { get; } =
    [
        new TextKey("partition", Slurm, "NAME", "partition of the cluster", s => s.Partition, (s, value) => s with { Partition = value }),
        new TextKey("account", Slurm, "NAME", "account that pays", s => s.Account, (s, value) => s with { Account = value }),
        new TextKey("time", Slurm, "TIME", "longest time of a task: minutes as 30, or 1:30:00, or 2-12 (days-hours)", s => s.Time, (s, value) => s with { Time = value }),
        new TextKey("memory", Both, "SIZE", "memory of a task, as 4G", s => s.Memory, (s, value) => s with { Memory = value }),
        new CountKey("cpus", Both, 1, ClusterSettings.Most, "cores of a task", s => s.Cpus, (s, value) => s with { Cpus = value }),
        new TextKey("gres", Both, "LIST", "other resources of a task, as gpu:1", s => s.Gres, (s, value) => s with { Gres = value }),
        new TextKey("constraint", Slurm, "FEATURES", "features that a node must have", s => s.Constraint, (s, value) => s with { Constraint = value }),
        new CountKey("parallel", Both, 1, ClusterSettings.Most, "tasks at a time at most", s => s.Parallel, (s, value) => s with { Parallel = value }),
        new CountKey("signal_seconds", Both, 1, ClusterSettings.MostSignalSeconds, "seconds before its end at which a task writes a checkpoint",
            s => s.SignalSeconds, (s, value) => s with { SignalSeconds = value }),
        new CountKey("requeues", Slurm, 0, ClusterSettings.Most, "how often a task puts itself back into the queue at most",
            s => s.Requeues, (s, value) => s with { Requeues = value }),
        new CountKey("cells_per_task", Both, 1, Sweeps.SweepPlanner.MostCells, "cells that a task runs one after the other",
            s => s.CellsPerTask, (s, value) => s with { CellsPerTask = value }),
    ];

    /// <summary>Those that stand below <see cref="ClusterKey.Kubernetes"/>.</summary>
    public static IReadOnlyList<ClusterKey> OfKubernetes { get; } =
    [
        new TextKey("image", Kubernetes, "IMAGE", "container image with .NET, as mcr.microsoft.com/dotnet/aspnet:10.0",
            s => s.Kubernetes.Image, (s, value) => s with { Kubernetes = s.Kubernetes with { Image = value } }),
        new TextKey("claim", Kubernetes, "NAME", "persistent volume claim on which results and data lie",
            s => s.Kubernetes.Claim, (s, value) => s with { Kubernetes = s.Kubernetes with { Claim = value } }),
        new TextKey("namespace", Kubernetes, "NAME", "namespace of the job",
            s => s.Kubernetes.Namespace, (s, value) => s with { Kubernetes = s.Kubernetes with { Namespace = value } }),
        new TextKey("mount", Kubernetes, "DIR", "folder under which this machine sees the claim, and pods do; else that of all results",
            s => s.Kubernetes.Mount, (s, value) => s with { Kubernetes = s.Kubernetes with { Mount = value } }),
        new CountKey("user", Kubernetes, 0, int.MaxValue, "number of the user that pods run as",
            s => s.Kubernetes.User, (s, value) => s with { Kubernetes = s.Kubernetes with { User = value } }),
        new CountKey("restarts", Kubernetes, 0, ClusterSettings.Most, "how often a task that failed is begun again",
            s => s.Kubernetes.Restarts, (s, value) => s with { Kubernetes = s.Kubernetes with { Restarts = value } }),
    ];

    /// <summary>All that the command line has, too, without the list.</summary>
    public static IEnumerable<ClusterKey> All => Shared.Concat(OfKubernetes);
}
