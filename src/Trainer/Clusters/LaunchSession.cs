using System.Security.Cryptography;
using Trainer.Clusters.Kubernetes;
using Trainer.Data;
using Trainer.Devices;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Storage;
using Trainer.Sweeps;
using Trainer.Terminal;

namespace Trainer.Clusters;

/// <summary>What <c>trainer sweep --launcher slurm</c> does: writes down what the sweep is, hands it to the scheduler and returns.</summary>
/// <param name="shell">Where to print.</param>
/// <param name="options">What was asked for.</param>
/// <param name="data">Where images come from.</param>
internal sealed class LaunchSession(Shell shell, SweepOptions options, DataProvider data)
{
    private const int TokenBytes = 4;

    private ClusterSettings Settings => options.File.Cluster;

    /// <summary>Submits what is not submitted yet, or shows what would be.</summary>
    /// <param name="launcher">To whom.</param>
    /// <param name="cancellation">Ends a download.</param>
    /// <exception cref="TrainerException">What went wrong, in a line.</exception>
    public async Task<ExitCode> ExecuteAsync(Launcher launcher, CancellationToken cancellation)
    {
        if (options.File.Halving is { } halving)
        {
            throw halving.Place.Problem("halving", "needs the results of each rung before the next, and tasks on a cluster do not wait for one another; drop it, or use --launcher local");
        }
        if (launcher == Launcher.Kubernetes)
        {
            IndexedJob.Check(Settings, options.DryRun);
        }
        ClusterTime.ThrowIfTooShort(Settings);
        data.Begin(options.Data);
        IReadOnlyList<SweepCell> cells = new SweepPlanner(options.File, options.Set, options.Adjust).Rungs()[0];
        foreach (SweepCell cell in cells.DistinctBy(cell => (cell.Config, cell.Experiment.Device)))
        {
            // Whether there is such a device the nodes know.
            _ = DeviceName.Parse(cell.Experiment.Device, options.HasDevice ? "--device" : $"{cell.Config}: device");
        }
        int? arraySize = launcher == Launcher.Slurm && !options.DryRun ? shell.Clusters.Slurm.MaxArraySize() : null;
        CellRun[][] runs = await new PreparedSweep(options.File, [cells], options.Out)
            .LoadAsync(data, options.Data, _ => PreparedSweep.Nowhere, cancellation);
        PlannedCell[] planned = [.. runs[0].Select(PlannedCell.Of)];
        var folder = new ClusterFolder(SweepFolder.Of(options.Out, options.File.Name!));
        ClusterPlan plan = Plan(planned, runs[0]);
        return launcher == Launcher.Kubernetes ? Print(folder, plan, runs[0])
            : options.DryRun ? Show(folder, plan, runs[0])
            : Submit(folder, plan, runs[0], arraySize);
    }

    private ClusterPlan Plan(IReadOnlyList<PlannedCell> planned, IReadOnlyList<CellRun> runs) => new()
    {
        Format = ClusterPlan.Known,
        Sweep = options.File.Name!,
        Token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)),
        User = shell.Clusters.Slurm.User,
        First = 1,
        Results = Path.GetFullPath(options.Out),
        WorkingFolder = Environment.CurrentDirectory,
        Data = [.. runs.Select(run => run.Images).Distinct().Select(images => DataProvider.SourceOf(images) is var source && source == DataSource.Embedded
            ? new PlannedData(source, images.Name, images.Hash, null)
            : new PlannedData(source, images.Name, images.Hash, Path.GetFullPath(images.Origin)))],
        Varied = options.File.VariedKeys,
        Cells = planned.Count,
        Digest = PlanFiles.DigestOf(planned),
    };

    private ExitCode Show(ClusterFolder folder, ClusterPlan plan, CellRun[] runs)
    {
        Parallel.ForEach(runs, run => run.Result = run.Read());
        int[] open = folder.IsThere && new PlanFiles(folder).Plan() is var before && before.IsOfTheSame(plan)
            ? OpenCells(ClusterSweep.Load(folder), runs)
            : [.. runs.Where(run => !IsThere(run.Result)).Select(run => run.Cell.Number)];
        shell.Error.WriteLine($"{SweepTable.Cells(runs.Length)}, {open.Length} to submit; nothing is written or submitted (--dry-run)");
        if (open.Length > 0)
        {
            var submitter = new Submitter(folder, plan, shell.Clusters.Slurm, shell.Clusters.Clock);
            foreach (string script in submitter.Scripts(IndexRanges.Of(open), Settings, ProgramCopy.Planned(folder.Path).Command, null))
            {
                shell.Output.Write(script);
            }
        }
        return ExitCode.Ok;
    }

    private static bool IsThere(CellResult found) => found.State == CellState.Completed || found.HasGivenUp;

    /// <summary>Prints an Indexed Job, for somebody to hand to Kubernetes, and writes what its pods read.</summary>
    private ExitCode Print(ClusterFolder folder, ClusterPlan plan, CellRun[] runs)
    {
        // What cannot be printed is refused before anything is written.
        _ = Job(plan, new SubmissionPart(1, 0, 1, plan.Sweep), []).Text();
        using RunLock alone = SweepHold.Take(shell, folder);
        plan = Kept(folder, plan, runs);
        folder.Sweep.Keep(options.File, options.Set);
        var sweep = ClusterSweep.Load(folder);
        int[] open = OpenCells(sweep, runs);
        shell.Error.WriteLine($"{plan.Sweep}: {SweepTable.Cells(plan.Cells)}, {open.Length} to do; what pods read is in {folder.Path}; nothing is submitted: 'kubectl apply -f -' does that with what follows");
        if (open.Length == 0)
        {
            return ExitCode.Ok;
        }
        Submission submission = KubernetesSubmission(sweep, IndexRanges.Of(open));
        IReadOnlyList<string> program = ProgramCopy.Make(folder.Path).CommandElsewhere;
        folder.Keep(submission);
        shell.Output.Write(Job(plan, submission.Parts[0], Submitter.TaskCommand(program, folder, submission, submission.Parts[0])).Text());
        return ExitCode.Ok;
    }

    private IndexedJob Job(ClusterPlan plan, SubmissionPart part, IReadOnlyList<string> command) => new()
    {
        Name = part.Name,
        Completions = part.Count,
        Command = command,
        WorkingFolder = plan.WorkingFolder,
        Results = plan.Results,
        Folders = [.. plan.Data.Select(images => images.Folder).OfType<string>()],
        Settings = Settings,
    };

    /// <summary>The last submission where its tasks have all that is open, for its pods may be at work; else a new one.</summary>
    private Submission KubernetesSubmission(ClusterSweep sweep, IndexRanges cells)
    {
        Submission planned = new Submitter(sweep.Folder, sweep.Plan, shell.Clusters.Slurm, shell.Clusters.Clock)
            .Planned(Launcher.Kubernetes, cells, Settings, most: SweepPlanner.MostCells);
        return sweep.Submissions.LastOrDefault() is { Launcher: Launcher.Kubernetes, Cancelled: null } last
            && last.Settings.CellsPerTask == Settings.CellsPerTask && cells.All(last.CellRanges.Contains)
            ? last with { Settings = Settings }
            : planned;
    }

    /// <summary>The cells to do that SLURM has not been given.</summary>
    private static int[] OpenCells(ClusterSweep sweep, CellRun[] runs) =>
    [
        .. sweep.Cells.Where((cell, k) => sweep.LastOf(cell)?.Launcher != Launcher.Slurm && !IsThere(runs[k].Result)).Select(cell => cell.Cell),
    ];

    private ExitCode Submit(ClusterFolder folder, ClusterPlan plan, CellRun[] runs, int? arraySize)
    {
        using RunLock alone = SweepHold.Take(shell, folder);
        plan = Kept(folder, plan, runs);
        var submitter = new Submitter(folder, plan, shell.Clusters.Slurm, shell.Clusters.Clock);
        foreach (SubmissionPart part in submitter.Reconcile())
        {
            // The call that submitted it did not come to this either.
            folder.Sweep.Keep(options.File, options.Set);
            Write($"found job {part.Job} ({part.Name}), whose id an earlier call did not live to note");
        }
        var sweep = ClusterSweep.Load(folder);
        int[] open = OpenCells(sweep, runs);
        int done = runs.Count(run => run.Result.State == CellState.Completed);
        string count = $"{plan.Sweep}: {SweepTable.Cells(plan.Cells)}, {done} done";
        if (open.Length == 0)
        {
            Write($"{count}; nothing to submit{(done < plan.Cells ? $": {plan.Cells - done} are with SLURM, or have failed" : "")}");
            if (done == plan.Cells)
            {
                Write($"'trainer sweep collect {folder.Sweep.Path}' writes the index");
            }
            else
            {
                Write($"'trainer sweep status {folder.Sweep.Path}' says how they stand, 'trainer sweep resume {folder.Sweep.Path}' submits again what has stopped, with --retry also what failed");
            }
            return ExitCode.Ok;
        }
        Submission submission = submitter.Submit(IndexRanges.Of(open), Settings, ProgramCopy.Make(folder.Path).Command, arraySize);
        // Behind it: what was refused is not asked for again by 'resume'.
        folder.Sweep.Keep(options.File, options.Set);
        Write($"{count}, {open.Length} submitted as {SubmissionText.Of(submission)}");
        Write($"scripts: {string.Join(", ", submission.Parts.Select(part => folder.Script(submission.Number, part.Number)))}");
        Write($"status:  trainer sweep status {folder.Sweep.Path}");
        return ExitCode.Ok;
    }

    /// <summary>The plan that is there where it is of the same cells; else this one takes its place, once nothing of the other is queued.</summary>
    private ClusterPlan Kept(ClusterFolder folder, ClusterPlan plan, CellRun[] runs)
    {
        Parallel.ForEach(runs, run => run.Result = run.Read());
        var files = new PlanFiles(folder);
        if (folder.IsThere)
        {
            ClusterPlan before = files.Plan();
            SweepHold.ThrowIfOthers(shell, folder, before);
            if (before.IsOfTheSame(plan))
            {
                return before;
            }
            ThrowIfLive(folder, before, plan);
            plan = plan with { First = folder.AllSubmissions() is [.., var last] ? last.Number + 1 : before.First };
            // First: without it nothing was submitted. Logs and copies of the program stay; what would mean other cells goes.
            WriteFailure.Retry(() => Disk.Current.DeleteFile(folder.Plan));
            foreach (string old in new[] { "submissions", "marks", "cells" }.Select(name => Path.Combine(folder.Path, name)).Where(Directory.Exists))
            {
                WriteFailure.Retry(() => DiskFolder.Remove(old));
            }
        }
        files.Write(plan, [.. runs.Select(PlannedCell.Of)]);
        return plan;
    }

    private void ThrowIfLive(ClusterFolder folder, ClusterPlan before, ClusterPlan plan)
    {
        new Submitter(folder, before, shell.Clusters.Slurm, shell.Clusters.Clock).Reconcile();
        string[] names = [.. folder.AllSubmissions().Where(submission => submission.Launcher == Launcher.Slurm).SelectMany(submission => submission.Parts).Select(part => part.Name)];
        if (names.Length > 0 && QueueAnswer.Ask(folder, names, shell.Clusters.Slurm, shell.Clusters.Clock.GetUtcNow(), anew: true).Tasks.Count > 0)
        {
            throw new ConfigException(
                $"{folder.Sweep.Path}: tasks of this sweep as it was submitted before, with other cells ({(before.Cells == plan.Cells ? "as many, not the same" : $"{before.Cells}, now {plan.Cells}")}), are still queued or at work; "
                + $"wait for them, 'trainer sweep cancel {folder.Sweep.Path}', or give the sweep another name");
        }
    }

    private void Write(string line) => shell.Output.WriteLine(line);
}
