namespace Trainer.Doctor;

/// <summary>Something to try.</summary>
/// <param name="Set">What follows <c>--set</c>, each a key of the configuration and its value; where there are several, they only
/// work together.</param>
/// <param name="Why">What it does.</param>
internal sealed record Remedy(IReadOnlyList<string> Set, string Why)
{
    /// <summary>A remedy of one key.</summary>
    public Remedy(string set, string why)
        : this([set], why)
    {
    }

    /// <summary>As it goes into a shell: <c>--set optimizer.lr=0.01</c>.</summary>
    public string Option => string.Join(' ', Set.Select(set => set.Contains(' ') ? $"--set \"{set}\"" : $"--set {set}"));
}
