using System.Text.Json;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Runs;

namespace Trainer.Catalogs;

/// <summary>Many runs, read from their folders; what cannot be read is told and left out, and the rest is there.</summary>
/// <param name="Runs">The runs, in the order of their paths.</param>
/// <param name="Problems">What is left out, and why.</param>
internal sealed record RunCatalog(IReadOnlyList<RunEntry> Runs, IReadOnlyList<CatalogProblem> Problems)
{
    /// <summary>What a reader has to know about the choice of runs; a line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What the program ends with when it has shown all it could.</summary>
    public ExitCode ExitCode => Problems.Count == 0 ? ExitCode.Ok : Problems[0].Code;

    /// <summary>Reads the runs at some paths, each folder once.</summary>
    /// <param name="paths">Folders of runs, of several, or of sweeps, or their names; see <see cref="RunPaths"/>.</param>
    /// <param name="root">The folder of all results.</param>
    /// <param name="withRows">Whether all metrics and seconds are read at once, so that a broken file is a problem told here; else
    /// the last epoch alone.</param>
    /// <param name="lastRungs">Whether of sweeps that were halved only the last rung counts: the others had fewer epochs.</param>
    public static RunCatalog Read(IReadOnlyList<string> paths, string root, bool withRows, bool lastRungs = false)
    {
        var problems = new List<CatalogProblem>();
        var notes = new List<string>();
        var finder = new RunPaths(root);
        var folders = new List<RunFolder>();
        foreach (string path in paths)
        {
            try
            {
                IReadOnlyList<RunFolder> found = finder.Find(path, lastRungs);
                folders.AddRange(found);
                if (lastRungs && finder.Find(path).Count is var all && all > found.Count)
                {
                    notes.Add($"{path}: was halved; its last rung alone is compared, {found.Count} of {all} runs (name their folder for all)");
                }
            }
            catch (TrainerException failure)
            {
                problems.Add(new CatalogProblem(failure.Message, failure.ExitCode));
            }
        }
        var configs = new ConfigCache();
        (RunEntry? Run, CatalogProblem? Problem)[] read = [.. folders
            .DistinctBy(folder => Path.GetFullPath(folder.Path))
            .AsParallel().AsOrdered()
            .Select(folder => Read(folder, configs, withRows))];
        problems.AddRange(read.Select(result => result.Problem).OfType<CatalogProblem>());
        return new RunCatalog([.. read.Select(result => result.Run).OfType<RunEntry>()], problems) { Notes = notes };
    }

    /// <summary>The runs by configuration and data set, in the order in which each is first met.</summary>
    /// <returns>The groups; a seed that is there twice is in its group once, as first met of those that completed.</returns>
    public IReadOnlyList<RunGroup> Groups()
    {
        IGrouping<(string Hash, string? Data), RunEntry>[] groups = [.. Runs.GroupBy(run => (run.Hash, run.Data.Hash))];
        IReadOnlyList<string> labels = GroupLabels.Of([.. groups.Select(group => group.First())]);
        return [.. groups.Select((group, index) => new RunGroup(
            labels[index], group.First().Experiment, group.First().Hash, group.First().Data,
            [.. group.OrderBy(run => run.Counts ? 0 : 1).DistinctBy(run => run.Experiment.Seed).OrderBy(run => run.Experiment.Seed)]))];
    }

    /// <summary>Reads one run.</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="configs">What is known of configurations.</param>
    /// <param name="withRows">Whether all metrics and seconds are read at once; else the last epoch alone.</param>
    /// <returns>The run, or why it cannot be read.</returns>
    public static (RunEntry? Run, CatalogProblem? Problem) Read(RunFolder folder, ConfigCache configs, bool withRows)
    {
        try
        {
            (Experiment experiment, string hash) = configs.Read(folder.Config);
            var run = new RunEntry(folder)
            {
                Experiment = experiment,
                Hash = hash,
                Data = RecordedDataSet.Of(folder),
                Status = Status(folder),
            };
            if (withRows)
            {
                _ = run.Timings;
                _ = run.Rows;
            }
            ThrowIfCutOff(run);
            return (run, null);
        }
        catch (TrainerException failure)
        {
            // Whatever is wrong with the folder, it is no mistake of who asked.
            return (null, new CatalogProblem($"{folder.Path}: left out: {failure.Message}", ExitCode.Failure));
        }
    }

    /// <summary>A run that says it is complete has all its epochs; its last figures would else be taken for its final ones.</summary>
    private static void ThrowIfCutOff(RunEntry run)
    {
        if (run.Last is { } last && run.Status.State == RunState.Completed
            && (last.Epoch != run.Status.Epoch || !CsvFile.EndsWithLineFeed(run.Folder.Metrics)))
        {
            throw new RunFailedException(FormattableString.Invariant(
                $"{run.Folder.Metrics}: does not end with epoch {run.Status.Epoch}, with which the run completed; run the experiment again with --force"));
        }
    }

    private static RunStatus Status(RunFolder folder)
    {
        try
        {
            return JsonText.Parse<RunStatus>(RecordedFile.ReadText(folder.Status, RecordedFile.LongestJson)) ?? throw new JsonException();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new RunFailedException($"{folder.Status}: cannot be read; run the experiment again with --force", failure);
        }
    }
}
