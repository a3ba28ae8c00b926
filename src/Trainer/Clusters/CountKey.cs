namespace Trainer.Clusters;

/// <summary>A key with a whole number.</summary>
/// <param name="Name">The key.</param>
/// <param name="Launchers">Who takes it.</param>
/// <param name="Least">The least.</param>
/// <param name="Most">The most.</param>
/// <param name="Description">What it is, in a few words.</param>
/// <param name="Get">Reads it.</param>
/// <param name="With">Sets it.</param>
internal sealed record CountKey(
    string Name, IReadOnlyList<Launcher> Launchers, int Least, int Most, string Description,
    Func<ClusterSettings, int?> Get, Func<ClusterSettings, int, ClusterSettings> With) : ClusterKey(Name, Launchers, "N", Description)
{
    /// <inheritdoc/>
    public override object? ValueIn(ClusterSettings settings) => Get(settings) is { } value && value != Get(new ClusterSettings()) ? value : null;
}
