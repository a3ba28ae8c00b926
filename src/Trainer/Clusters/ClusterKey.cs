namespace Trainer.Clusters;

/// <summary>One value of <see cref="ClusterSettings"/>: a key of sweep files, and an option of the command line.</summary>
/// <param name="Name">The key.</param>
/// <param name="Launchers">Who takes it.</param>
/// <param name="HelpName">What stands for the value in help pages.</param>
/// <param name="Description">What it is, in a few words.</param>
internal abstract record ClusterKey(string Name, IReadOnlyList<Launcher> Launchers, string HelpName, string Description)
{
    /// <summary>The mapping of the keys that only Kubernetes has.</summary>
    public const string Kubernetes = "kubernetes";

    /// <summary>The option: <c>--signal-seconds</c>.</summary>
    public string Option => "--" + Name.Replace('_', '-');

    /// <summary>The value; null where it is the default.</summary>
    public abstract object? ValueIn(ClusterSettings settings);
}
