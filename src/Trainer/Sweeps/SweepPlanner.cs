using Trainer.Failures;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Sweeps;

/// <summary>Makes the cells of a sweep: configurations × grid × zip × random samples × seeds, the first slowest.</summary>
/// <param name="file">What the sweep file says.</param>
/// <param name="overrides">Arguments of <c>--set</c>, for every cell.</param>
/// <param name="adjust">What else the command line asks of every experiment.</param>
internal sealed class SweepPlanner(SweepFile file, IReadOnlyList<string> overrides, Func<Experiment, Experiment> adjust)
{
    /// <summary>The most cells of one sweep, those of all rungs of a halving together: a hundred times what a night on a large machine
    /// does.</summary>
    public const int MostCells = 10_000;

    /// <summary>The cells of each rung of a halving, all that might be reached; of one rung where nothing is halved.</summary>
    /// <exception cref="ConfigException">A setting does not fit, two cells are the same, or there are too many.</exception>
    public IReadOnlyList<IReadOnlyList<SweepCell>> Rungs()
    {
        CheckCount();
        CheckOverrides();
        IReadOnlyList<Setting>[] combinations = [.. Combinations()];
        return file.Halving is { } halving
            ? [.. halving.Rungs.Select((epochs, rung) => Cells(combinations, rung + 1, EpochsOf(halving, epochs)))]
            : [Cells(combinations, 0, null)];
    }

    /// <summary>Refuses two cells that would share a run folder.</summary>
    /// <exception cref="ConfigException">There are two; the message names both.</exception>
    public static void CheckTwins(string place, IEnumerable<SweepCell> cells)
    {
        var seen = new Dictionary<string, SweepCell>(StringComparer.Ordinal);
        foreach (SweepCell cell in cells)
        {
            if (!seen.TryAdd(cell.Identity, cell))
            {
                throw new ConfigException($"{place}: {seen[cell.Identity]} and {cell} are the same experiment with the same seed; keep one");
            }
        }
    }

    private static Setting EpochsOf(Halving halving, int epochs) =>
        new(halving.Place, "epochs", new ScalarNode(halving.Place, FormattableString.Invariant($"{epochs}"), IsPlain: true));

    private IReadOnlyList<SweepCell> Cells(IReadOnlyList<IReadOnlyList<Setting>> combinations, int rung, Setting? epochs)
    {
        var cells = new List<SweepCell>();
        int group = 0;
        foreach (BaseConfig config in file.Configs)
        {
            MappingNode common = file.Set.Aggregate(config.Tree(), Patched);
            common = overrides.Aggregate(common, Override.Apply);
            foreach (IReadOnlyList<Setting> varied in combinations)
            {
                Experiment experiment = Bound(varied.Concat(epochs is null ? [] : [epochs]).Aggregate(common, Patched));
                if (file.Halving is { } halving && experiment.Data.Validation == 0)
                {
                    throw halving.Place.Problem("halving", "chooses by accuracy on the validation split, and there is none; add 'set: {data.validation: 5000}'");
                }
                foreach (ulong seed in file.Seeds ?? [experiment.Seed])
                {
                    cells.Add(new SweepCell
                    {
                        Number = cells.Count + 1,
                        Group = group,
                        Rung = rung,
                        Config = config.Path,
                        Experiment = experiment with { Seed = seed },
                        Varied = varied,
                    });
                }
                group++;
            }
        }
        CheckTwins(file.Path, cells);
        return cells;
    }

    private Experiment Bound(MappingNode tree) => adjust((Experiment)new RecordBinder(typeof(Experiment), tree).Bind());

    private static MappingNode Patched(MappingNode tree, Setting setting) =>
        Override.Apply(tree, setting.Key, setting.Value, setting.Place);

    private IEnumerable<IReadOnlyList<Setting>> Combinations()
    {
        IEnumerable<IReadOnlyList<Setting>> grid = [[]];
        foreach (SweepAxis axis in file.Grid)
        {
            grid = [.. grid.SelectMany(chosen => Enumerable.Range(0, axis.Values.Count).Select(index => (Setting[])[.. chosen, axis[index]]))];
        }
        IReadOnlyList<Setting>[] zip = file.Zip.Count == 0
            ? [[]]
            : [.. Enumerable.Range(0, file.Zip[0].Values.Count).Select(index => (Setting[])[.. file.Zip.Select(axis => axis[index])])];
        IReadOnlyList<IReadOnlyList<Setting>> random = file.Random?.Draw() ?? [[]];
        return
            from chosen in grid
            from together in zip
            from drawn in random
            select (Setting[])[.. chosen, .. together, .. drawn];
    }

    /// <summary>Before anything is multiplied out.</summary>
    private void CheckCount()
    {
        double count = file.Configs.Count * (double)(file.Seeds?.Count ?? 1) * (file.Random?.Samples ?? 1)
            * (file.Halving?.Rungs.Count ?? 1)
            * (file.Zip.Count == 0 ? 1 : file.Zip[0].Values.Count) * file.Grid.Aggregate(1.0, (product, axis) => product * axis.Values.Count);
        if (count > MostCells)
        {
            throw new ConfigException(FormattableString.Invariant(
                $"{file.Path}: {count:0} cells are more than {MostCells}; make a shorter grid, or draw some of it by 'random'"));
        }
    }

    private void CheckOverrides()
    {
        foreach (string argument in overrides)
        {
            string key = argument.Split('=')[0];
            if (file.Name is not null && key == "name")
            {
                throw Place.Override(argument).Problem(key, "a cell has the name of its configuration");
            }
            string? varied = file.VariedKeys.FirstOrDefault(varied => SweepReader.Covers(varied, key));
            varied ??= file.Halving is not null && key == "epochs" ? "halving" : null;
            varied ??= file.Seeds is not null && key == "seed" ? "seeds" : null;
            if (varied is not null)
            {
                throw Place.Override(argument).Problem(key, $"does nothing: the sweep gives every cell its own ({varied}); change {file.Path}");
            }
        }
    }
}
