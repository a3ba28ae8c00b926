using Trainer.Yaml;

namespace Trainer.Comparisons;

/// <summary>The keys that were varied between the groups of a comparison.</summary>
/// <param name="Keys">The keys.</param>
/// <param name="Count">How many groups.</param>
internal sealed record SweepGrid(IReadOnlyList<VariedKey> Keys, int Count)
{
    private const string NameOfExperiment = "name";

    /// <summary>The keys that every group has: constants of one optimizer alone are no axis for the others.</summary>
    public IReadOnlyList<VariedKey> Shared => field ??= [.. Keys.Where(key => key.Values.All(value => value is not null))];

    // A grid with a hole or two, of runs that diverged or were not made, is still one.
    private const double LeastFilled = 0.5;

    /// <summary>Whether every key takes several values together with those of the others, as in a grid.</summary>
    public bool IsFilled => Keys.All(key => key.Distinct.Count < Count)
        && Count >= LeastFilled * Keys.Aggregate(1.0, (cells, key) => cells * key.Distinct.Count);

    /// <summary>What the groups of <paramref name="comparison"/> differ in, other than their names.</summary>
    public static SweepGrid Of(Comparison comparison) => new(
        [.. ConfigLines.Differences([.. comparison.Groups.Select(group => group.Group.Experiment)], static key => key.IsIdentity)
            .Where(difference => difference.Key != NameOfExperiment)
            .Select(difference => new VariedKey(difference.Key, difference.Values))],
        comparison.Groups.Count);

    /// <summary>The name of a key, as short as tells it from the others: "lr", and "optimizer" for the kind of an optimizer.</summary>
    public string Title(VariedKey key) => ShortKeys.Of(key.Name, Keys.Select(other => other.Name));

    /// <summary>The values of all keys but <paramref name="left"/> in the group at a place, in words: "batch_size=64".</summary>
    public string Others(VariedKey left, int group) => string.Join(' ', Keys
        .Where(key => key != left && key.Values[group] is not null)
        .Select(key => $"{Title(key)}={key.Values[group]}"));
}
