namespace Trainer.Benchmarks.Contestants;

/// <summary>A program that trains, and one way of starting it.</summary>
/// <param name="Peer">Who.</param>
/// <param name="Setting">How, in words.</param>
/// <param name="Program">The executable.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Variables set for it.</param>
internal sealed record ContestantSetting(
    string Peer,
    string Setting,
    string Program,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Who and how.</summary>
    public override string ToString() => $"{Peer} ({Setting})";
}
