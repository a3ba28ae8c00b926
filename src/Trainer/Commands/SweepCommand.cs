using System.CommandLine;
using Trainer.Clusters;
using Trainer.Failures;
using Trainer.Sweeps;
using Trainer.Terminal;

namespace Trainer.Commands;

/// <summary><c>trainer sweep</c>.</summary>
internal static class SweepCommand
{
    private const int MostCores = 1024;

    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        var sweep = new Argument<string>("sweep") { HelpName = "SWEEP", Description = "sweep file, as configs/sweeps/course.yaml" };
        sweep.CompleteSweeps();
        Option<string[]> set = ProgramOptions.Set();
        Option<string?> seeds = ProgramOptions.Seeds();
        var dryRun = new Option<bool>("--dry-run") { Description = "list the cells and what is done of them, and run nothing; with --launcher, print the script that would be submitted" };
        var retry = new Option<bool>("--retry") { Description = "run cells again that failed or diverged" };
        var force = new Option<bool>("--force") { Description = "run cells again that are already done" };
        Option<string?> device = ProgramOptions.Device();
        var threads = new Option<int>("--threads") { HelpName = "N", Description = "cores to use, 0 for all; changes no number" };
        threads.CheckRange(0, MostCores);
        var jobs = new Option<int>("--jobs") { HelpName = "N", Description = "cells side by side at most, on each device, 0 for one a core; changes no number" };
        jobs.CheckRange(0, MostCores);
        Option<string?> data = ProgramOptions.Data();
        Option<string> folder = ProgramOptions.Out();
        Option<bool> json = ProgramOptions.Json();
        var launcher = new LauncherOptions();
        Command command = new Command(
            "sweep",
            "Runs every cell of a sweep file (configurations x settings x seeds) side by side, and keeps an index of them. Done cells are "
            + "skipped. Ends with 0 when all are done, 1 when one failed, 5 when one diverged, 85 when a signal stopped it, 130 after Ctrl-C.")
        {
            sweep, set, seeds, dryRun, retry, force, device, threads, jobs, data, folder, json,
        }.WithExamples(
            "trainer sweep configs/sweeps/course.yaml --dry-run",
            "trainer sweep configs/sweeps/course.yaml --seeds 1-5",
            "trainer sweep configs/sweeps/lr-by-optimizer.yaml --set data.source=fashion-mnist",
            "trainer sweep configs/sweeps/course.yaml --launcher slurm --partition short --time 30 --dry-run");
        launcher.AddTo(command);
        foreach (Command verb in ClusterCommands.Create(shell))
        {
            command.Add(verb);
        }
        command.SetAction((parsed, _) => CommandLine.ResumableAsync(shell, async cancellation =>
        {
            SweepFile file = SweepReader.Read(parsed.GetRequiredValue(sweep));
            file = file with { Cluster = launcher.Over(parsed, file.Cluster) };
            string? name = parsed.GetValue(device);
            var options = new SweepOptions
            {
                File = file with { Seeds = SeedList.OfOption(parsed.GetValue(seeds)) ?? file.Seeds },
                Set = parsed.GetValue(set) ?? [],
                Adjust = experiment => name is null ? experiment : experiment with { Device = name },
                HasDevice = name is not null,
                DryRun = parsed.GetValue(dryRun),
                Retry = parsed.GetValue(retry),
                Force = parsed.GetValue(force),
                Threads = parsed.GetValue(threads),
                Jobs = parsed.GetValue(jobs),
                Data = parsed.GetValue(data),
                Out = parsed.GetRequiredValue(folder),
                Json = parsed.GetValue(json),
            };
            if (launcher.Launcher(parsed) is var chosen && chosen != Launcher.Local)
            {
                Option[] ours = [threads, jobs, retry, force, json];
                return ours.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } idle
                    ? throw new ConfigException($"{idle.Name} does nothing with --launcher; drop it{(idle == retry ? ", and use 'trainer sweep resume SWEEP --retry'" : "")}")
                    : await new LaunchSession(shell, options, shell.Data.Provider(shell)).ExecuteAsync(chosen, cancellation);
            }
            var session = new SweepSession(shell, options, shell.Data.Provider(shell));
            return await session.ExecuteAsync(["trainer", .. parsed.Tokens.Select(token => token.Value)], cancellation);
        }));
        return command;
    }
}
