namespace Trainer.Clusters;

/// <summary>A key with text.</summary>
/// <param name="Name">The key.</param>
/// <param name="Launchers">Who takes it.</param>
/// <param name="HelpName">What stands for the value in help pages.</param>
/// <param name="Description">What it is, in a few words.</param>
/// <param name="Get">Reads it.</param>
/// <param name="With">Sets it.</param>
internal sealed record TextKey(
    string Name, IReadOnlyList<Launcher> Launchers, string HelpName, string Description,
    Func<ClusterSettings, string?> Get, Func<ClusterSettings, string, ClusterSettings> With) : ClusterKey(Name, Launchers, HelpName, Description)
{
    /// <inheritdoc/>
    public override object? ValueIn(ClusterSettings settings) => Get(settings);
}
