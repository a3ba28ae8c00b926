using System.CommandLine;
using System.Globalization;
using Trainer.Catalogs;
using Trainer.Failures;
using Trainer.Listings;
using Trainer.Results;
using Trainer.Terminal;
using Trainer.Yaml;

namespace Trainer.Commands;

/// <summary><c>trainer rm</c>.</summary>
internal static class RmCommand
{
    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        Argument<string[]> paths = RunArguments.Several("folders of runs, of several or of sweeps, or names of those; may be left out with --filter or --state");
        var yes = new Option<bool>("--yes", "-y") { Description = "do not ask" };
        var dryRun = new Option<bool>("--dry-run") { Description = "say what would be removed, and remove nothing" };
        Option<string> root = ProgramOptions.Out();
        var command = new Command("rm", "Removes runs with all their files; asks first. A run at work stays, and so does a folder with anything in it that no run writes.") { paths };
        var switches = new ListingSwitches(command);
        Array.ForEach<Option>([yes, dryRun, root], command.Options.Add);
        command.WithExamples(
            "trainer rm results/relu/0a1b2c3d-s1",
            "trainer rm --state failed,diverged,broken-off --dry-run",
            "trainer rm relu --filter \"epochs<20\" --yes");
        command.SetAction((parsed, _) => CommandLine.GuardedAsync(shell, async cancellation =>
        {
            ListingOptions options = switches.Options(parsed);
            string[] given = parsed.GetValue(paths) ?? [];
            if (given.Length == 0 && options is { Filters.Count: 0, States.Count: 0 })
            {
                throw new ConfigException("rm: name the runs, or choose them with --filter or --state");
            }
            (IReadOnlyList<RunRemoval> removals, List<CatalogProblem> problems) = Chosen(given, options, parsed.GetRequiredValue(root));
            CatalogProblem?[] objections = [.. removals.Select(removal => removal.Problem())];
            problems.AddRange(objections.OfType<CatalogProblem>());
            problems.ForEach(problem => shell.Error.WriteLine($"trainer: {problem.Message}"));
            RunRemoval[] allowed = [.. removals.Where((_, index) => objections[index] is null)];
            if (allowed.Length > 0 && !await RemoveAsync(shell, allowed, parsed.GetValue(yes), parsed.GetValue(dryRun), cancellation))
            {
                return ExitCode.Failure;
            }
            if (allowed.Length == 0 && problems.Count == 0)
            {
                shell.Output.WriteLine("nothing to remove");
            }
            return problems.Count > 0 ? problems[0].Code : ExitCode.Ok;
        }));
        return command;
    }

    /// <summary>Without conditions every folder named, whether its files can be read or not; else those that fulfil them.</summary>
    private static (IReadOnlyList<RunRemoval> Removals, List<CatalogProblem> Problems) Chosen(string[] paths, ListingOptions options, string root)
    {
        bool hasConditions = options is not { Filters.Count: 0, States.Count: 0 };
        foreach (string path in paths)
        {
            ThrowIfNotMeant(path, root, hasConditions);
        }
        if (!hasConditions)
        {
            IEnumerable<RunFolder> folders = paths.SelectMany(path => new RunPaths(root).Find(path));
            return ([.. folders.DistinctBy(folder => Path.GetFullPath(folder.Path)).Select(folder => new RunRemoval(folder, root))], []);
        }
        RunCatalog catalog = RunArguments.Catalog(paths, root);
        return ([.. RunListing.Of(catalog, options, root).Runs.Select(run => new RunRemoval(run.Entry.Folder, root))], [.. catalog.Problems]);
    }

    /// <summary>Refuses a link, behind which may lie what nobody thought of; what lies elsewhere than below the results; and all of
    /// them at once, which is rather a slip: "rm $NAME/." without the name.</summary>
    private static void ThrowIfNotMeant(string path, string root, bool hasConditions)
    {
        string folder = new RunPaths(root).Folder(path);
        var place = new RealPath(folder);
        var results = new RealPath(root);
        if (Path.GetFullPath(folder) != Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)) && RunPaths.IsLink(new DirectoryInfo(folder)))
        {
            throw new ConfigException($"{path}: is a link; name the folder that it leads to");
        }
        if (!place.IsWithin(results))
        {
            throw new ConfigException($"{path}: does not lie below {root}, the folder of all results, and runs are removed from there alone; name another with --out");
        }
        bool isEverything = results.IsWithin(place) || new RealPath(Environment.CurrentDirectory).IsWithin(place);
        if (isEverything && !hasConditions && !RunPaths.IsRun(new RunFolder(folder)))
        {
            throw new ConfigException($"{path}: holds all results, or the current folder; choose with --filter or --state, as --filter 'name=*'");
        }
    }

    private static async Task<bool> RemoveAsync(Shell shell, RunRemoval[] removals, bool yes, bool dryRun, CancellationToken cancellation)
    {
        long[] sizes = [.. removals.Select(removal => removal.Size)];
        string what = $"{Runs(removals.Length)}, {Megabytes(sizes.Sum())}";
        foreach (RunRemoval removal in removals)
        {
            shell.Output.WriteLine(Excerpt.OneLine(removal.Folder.Path));
        }
        if (dryRun)
        {
            shell.Output.WriteLine($"would remove {what}");
            return true;
        }
        if (!yes && !await ConfirmsAsync(shell, what, cancellation))
        {
            shell.Output.WriteLine("nothing removed");
            return false;
        }
        int removed = 0;
        long bytes = 0;
        foreach ((RunRemoval removal, long size) in removals.Zip(sizes))
        {
            if (cancellation.IsCancellationRequested)
            {
                break;
            }
            try
            {
                removal.Execute();
                removed++;
                bytes += size;
            }
            catch (TrainerException failure)
            {
                shell.Error.WriteLine($"trainer: {Excerpt.OneLine(failure.Message)}");
            }
        }
        shell.Output.WriteLine(removed == removals.Length ? $"removed {what}" : $"removed {removed} of {Runs(removals.Length)}, {Megabytes(bytes)}");
        cancellation.ThrowIfCancellationRequested();
        return removed == removals.Length;
    }

    private static string Runs(int count) => $"{count} {(count == 1 ? "run" : "runs")}";

    private static async Task<bool> ConfirmsAsync(Shell shell, string what, CancellationToken cancellation)
    {
        Func<string?> read = shell.ReadAnswer ?? throw new ConfigException("rm: nobody can be asked here; add --yes to remove without asking, or --dry-run to see what would be");
        shell.Output.Write($"remove {what}? [y/N] ");
        shell.Output.Flush();
        string? answer = await Task.Run(read, cancellation).WaitAsync(cancellation);
        return answer?.Trim().ToLowerInvariant() is "y" or "yes";
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
