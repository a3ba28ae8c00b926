using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Sweeps;

/// <summary>One run of a sweep.</summary>
internal sealed record SweepCell
{
    /// <summary>Its number, from 1; the same in every rung of a halving.</summary>
    public required int Number { get; init; }

    /// <summary>The number of its settings: cells of one group differ in the seed alone.</summary>
    public required int Group { get; init; }

    /// <summary>The rung, from 1; 0 where nothing is halved.</summary>
    public int Rung { get; init; }

    /// <summary>The file that its configuration was read from.</summary>
    public required string Config { get; init; }

    /// <summary>What is done; its data source may still be 'auto'.</summary>
    public required Experiment Experiment { get; init; }

    /// <summary>What it has of the keys that differ between cells, in their order.</summary>
    public required IReadOnlyList<Setting> Varied { get; init; }

    /// <summary>"relu, seed 3, optimizer.lr 0.1".</summary>
    public string Described => string.Join(
        ", ", Varied.Select(setting => setting.ToString()).Prepend(FormattableString.Invariant($"{Experiment.Name} seed {Experiment.Seed}")));

    /// <summary>What messages call it: "cell 3 (relu seed 1, optimizer.lr 0.1)".</summary>
    public override string ToString() => FormattableString.Invariant($"cell {Number} ({Described})");

    /// <summary>The name of the same experiment: that of its run folder.</summary>
    public string Identity => FormattableString.Invariant($"{Experiment.Name}/{ConfigHash.Of(Experiment)}-s{Experiment.Seed}");
}
