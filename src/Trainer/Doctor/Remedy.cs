namespace Trainer.Doctor;

/// <summary>Something to try.</summary>
/// <param name="Set">What follows <c>--set</c>: a key of the configuration and its value.</param>
/// <param name="Why">What it does.</param>
internal sealed record Remedy(string Set, string Why)
{
    /// <summary>As it goes into a shell: <c>--set optimizer.lr=0.01</c>.</summary>
    public string Option => Set.Contains(' ') ? $"--set \"{Set}\"" : $"--set {Set}";
}
