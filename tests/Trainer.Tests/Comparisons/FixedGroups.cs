using Trainer.Activations;
using Trainer.Catalogs;
using Trainer.Comparisons;
using Trainer.Optimizers;
using Trainer.Results;
using Trainer.Runs;

namespace Trainer.Tests.Comparisons;

/// <summary>Groups with given figures in one column, without any file.</summary>
internal static class FixedGroups
{
    public static readonly ComparedColumn Column = new("test_accuracy", "test accuracy", true, true, _ => null);

    /// <summary>A group whose runs have these figures; null of a run without one.</summary>
    public static ComparedGroup Of(string label, IEnumerable<ulong> seeds, IReadOnlyList<double?> values)
    {
        RunEntry[] runs = [.. seeds.Select(seed => Run(label, seed, RunState.Completed))];
        return new ComparedGroup(
            new RunGroup(label, runs[0].Experiment, label, runs[0].Data, runs), runs,
            new Dictionary<string, IReadOnlyList<double?>> { [Column.Key] = values },
            new Dictionary<string, Spread?> { [Column.Key] = Spread.Of([.. values.OfType<double>()]) });
    }

    /// <summary>A run of the group.</summary>
    public static RunEntry Run(string label, ulong seed, RunState state) => new(new RunFolder($"{label}/{seed}"))
    {
        Experiment = Config(label) with { Seed = seed },
        Hash = label,
        Data = new RecordedDataSet("fashion-mnist", "1234"),
        Status = new RunStatus(state, 5, 5, DateTimeOffset.UnixEpoch, null),
    };

    /// <summary>The same with seeds 1, 2, 3, ... and a figure in every run.</summary>
    public static ComparedGroup Of(string label, params double[] values) =>
        Of(label, Enumerable.Range(1, values.Length).Select(seed => (ulong)seed), [.. values.Select(value => (double?)value)]);

    /// <summary>A small configuration.</summary>
    public static Experiment Config(string name, double lr = 0.1) => new()
    {
        Name = name,
        Model = new Model { Hidden = [8], Activation = new Relu() },
        Optimizer = new Sgd { Lr = lr },
        Epochs = 5,
    };
}
