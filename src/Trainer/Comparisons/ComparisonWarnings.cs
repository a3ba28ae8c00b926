using System.Globalization;
using Trainer.Catalogs;
using Trainer.Configuration;
using Trainer.Results;
using Trainer.Yaml;

namespace Trainer.Comparisons;

/// <summary>What a reader has to know before believing a comparison: whatever is not alike although it should be.</summary>
internal static class ComparisonWarnings
{
    private const int FewestSeeds = 3;
    private const int MostNamed = 3;

    /// <summary>The warnings, a line each; what is wrong with the data first.</summary>
    public static IReadOnlyList<string> Of(RunCatalog catalog, IReadOnlyList<ComparedGroup> groups)
    {
        ComparedGroup[] counted = [.. groups.Where(group => group.Counted.Count > 0)];
        return
        [
            .. DataSets(groups),
            .. Differing(groups, "epochs differ", "the longer trained has the advantage", group => Text(group.Group.Experiment.Epochs)),
            .. Differing(groups, "batch sizes differ", "an epoch is not the same number of steps", group => Text(group.Group.Experiment.BatchSize)),
            .. Differing(groups, "validation splits differ", "what is kept back is not trained on", group => Text(group.Group.Experiment.Data.Validation)),
            .. Differing(groups, "losses differ", "compare accuracies, not losses", LossText),
            .. Rungs(groups),
            .. EarlyStops(groups),
            .. Trials(groups),
            .. Seeds(counted),
            .. groups.SelectMany(LeftOut),
            .. Twice(catalog),
            .. MachineWarnings.Of(counted),
        ];
    }

    private static IEnumerable<string> DataSets(IReadOnlyList<ComparedGroup> groups)
    {
        IReadOnlyList<string> differing = [.. Differing(groups, "data sets differ", "figures on different images do not compare", group => group.Group.Data.Name)];
        return differing.Count > 0
            ? differing
            : Differing(groups, "the data sets have one name and different contents (SHA-256)", "figures on different images do not compare",
                group => group.Group.Data.Hash is { Length: > 8 } hash ? hash[..8] : "not recorded");
    }

    /// <summary>A line, if the groups are not alike in something: "epochs differ: 5 (relu), 20 (adam): ...".</summary>
    private static IEnumerable<string> Differing(IReadOnlyList<ComparedGroup> groups, string what, string so, Func<ComparedGroup, string> of)
    {
        IGrouping<string, ComparedGroup>[] kinds = [.. groups.GroupBy(of)];
        return kinds.Length < 2 ? [] : [$"{what}: {Listed(kinds.Select(kind => $"{kind.Key} ({Named([.. kind])})"))}; {so}"];
    }

    /// <summary>A rung of a halving sweep trains again what went on from the one before, for longer: that is not one more try.</summary>
    private static IEnumerable<string> Rungs(IReadOnlyList<ComparedGroup> groups)
    {
        int again = groups.Count - groups.Select(group => (WithoutEpochs(group), group.Group.Data.Hash)).Distinct().Count();
        return again == 0 ? [] :
            [$"{Text(again)} of {Text(groups.Count)} groups are others with another number of epochs, as the rungs of a halving sweep are; to rank one rung alone, name its folders"];
    }

    private static string WithoutEpochs(ComparedGroup group) => string.Join('\n', ConfigLines.Of(group.Group.Experiment, static key => key.IsIdentity)
        .Where(line => line.Key != "epochs").Select(line => $"{line.Key}: {line.Value}"));

    private static IEnumerable<string> EarlyStops(IReadOnlyList<ComparedGroup> groups)
    {
        ComparedGroup[] stopping = [.. groups.Where(group => group.Group.Experiment.EarlyStopping is not null)];
        return stopping.Length == 0 ? [] :
            [$"early stopping in {Named(stopping)}: the last epoch differs by run; late points of the curves are means over fewer runs"];
    }

    /// <summary>The more configurations of an optimizer were tried, the better the best of them looks by luck alone.</summary>
    private static IEnumerable<string> Trials(IReadOnlyList<ComparedGroup> groups)
    {
        (string Name, int Trials)[] optimizers = [.. groups
            .GroupBy(group => Registry.NameOf(group.Group.Experiment.Optimizer.GetType()), WithoutEpochs)
            .Select(group => (group.Key, group.Distinct().Count()))];
        return optimizers.Select(optimizer => optimizer.Trials).Distinct().Count() < 2 ? [] :
            [$"unequal numbers of configurations tried: {Listed(optimizers.Select(optimizer => $"{optimizer.Name} {Text(optimizer.Trials)}"))}; the best of many looks better by luck alone"];
    }

    private static IEnumerable<string> Seeds(IReadOnlyList<ComparedGroup> counted)
    {
        ComparedGroup[] few = [.. counted.Where(group => group.Counted.Count < FewestSeeds)];
        if (few.Length > 0)
        {
            yield return $"fewer than {FewestSeeds} seeds in {Named(few)}: that says little about the spread";
        }
        if (counted.Select(group => SeedsText(group.Counted)).Distinct().Count() > 1)
        {
            yield return $"seeds differ: {Listed(counted.GroupBy(group => SeedsText(group.Counted)).Select(kind => $"{kind.Key} ({Named([.. kind])})"))}; "
                + "groups with other seeds are compared without pairs";
        }
    }

    private static IEnumerable<string> LeftOut(ComparedGroup group)
    {
        IReadOnlyList<RunEntry> runs = group.Group.Runs;
        string[] parts = [.. runs.Where(run => !run.Counts).GroupBy(StateText)
            .Select(state => $"{Text(state.Count())} of {Text(runs.Count)} {(runs.Count == 1 ? "seed" : "seeds")} {state.Key}")];
        if (parts.Length > 0)
        {
            string rest = group.Counted.Count == 0 ? "it has no figures" : $"figures are of the {Text(group.Counted.Count)} that completed";
            yield return $"{group.Label}: {string.Join(", ", parts)}; {rest}";
        }
    }

    private static string StateText(RunEntry run) =>
        run.Status.State == RunState.Completed ? "without a recorded epoch" : StandingText.Spoken(run.Standing);

    /// <summary>One configuration, seed and data set has one result; a folder with another one is not what it says.</summary>
    private static IEnumerable<string> Twice(RunCatalog catalog) => catalog.Runs
        .Where(run => run.Counts)
        .GroupBy(run => (run.Hash, run.Data.Hash, run.Experiment.Seed))
        .Where(same => same.Skip(1).Any() && same.Select(run => run.Rows[^1].Digest).Distinct().Count() > 1)
        .Select(same => $"{same.First().Folder.Path} and {same.Skip(1).First().Folder.Path} are the same configuration, seed and data set with different weights; the first is counted");

    private static string LossText(ComparedGroup group) =>
        FlowText.Of(ValueShape.Of(typeof(Losses.Loss), false), group.Group.Experiment.Loss);

    /// <summary>"1-3, 7".</summary>
    internal static string SeedsText(IReadOnlyList<RunEntry> runs)
    {
        ulong[] seeds = [.. runs.Select(run => run.Experiment.Seed).Order()];
        var parts = new List<string>();
        for (int from = 0, to; from < seeds.Length; from = to)
        {
            to = from + 1;
            while (to < seeds.Length && seeds[to] == seeds[to - 1] + 1)
            {
                to++;
            }
            parts.Add(to - from == 1 ? Text(seeds[from]) : $"{Text(seeds[from])}-{Text(seeds[to - 1])}");
        }
        return string.Join(", ", parts);
    }

    /// <summary>The labels of some groups, or how many more there are.</summary>
    internal static string Named(IReadOnlyList<ComparedGroup> groups) => Listed(groups.Select(group => group.Label));

    private static string Listed(IEnumerable<string> parts) => NameList.Of(parts, MostNamed);

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
