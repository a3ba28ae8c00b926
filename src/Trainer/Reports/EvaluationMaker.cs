using Trainer.Catalogs;
using Trainer.Comparisons;
using Trainer.Data;
using Trainer.Devices;
using Trainer.Evaluations;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Terminal;

namespace Trainer.Reports;

/// <summary>Brings the evaluations of a report: those that are there, and those that can be made without a download.</summary>
/// <param name="shell">What the program works with.</param>
/// <param name="dataOption">The value of <c>--data</c>; null when it was not given.</param>
/// <param name="device">Where to compute; null to make none.</param>
/// <param name="threads">Threads of the cpu engine.</param>
internal sealed class EvaluationMaker(Shell shell, string? dataOption, DeviceChoice? device, int threads)
{
    /// <summary>How many groups a page shows in detail: the best.</summary>
    public const int MostGroups = 8;

    private const int Mistakes = 25;

    /// <summary>An evaluation of each of the best groups, where there is one or it can be made.</summary>
    public async Task<IReadOnlyList<GroupEvaluation>> OfAsync(Comparison comparison, CancellationToken cancellation)
    {
        var found = new List<GroupEvaluation>();
        ComparedGroup[] groups = [.. comparison.Groups.Take(MostGroups).Where(group => group.Counted.Count > 0)];
        ulong? seed = GroupEvaluation.CommonSeed(groups);
        foreach (ComparedGroup group in groups)
        {
            RunEntry run = group.Counted.FirstOrDefault(one => one.Experiment.Seed == seed) ?? GroupEvaluation.RunOf(group);
            if (!File.Exists(GroupEvaluation.CountsOf(run)) && (device is null || !IsAtHand(run)))
            {
                run = GroupEvaluation.RunOf(group);
            }
            try
            {
                if (!File.Exists(GroupEvaluation.CountsOf(run)) && device is not null && IsAtHand(run))
                {
                    await MakeAsync(run, device, cancellation);
                }
                if (GroupEvaluation.TryRead(group.Label, run) is { } evaluation)
                {
                    found.Add(evaluation);
                }
            }
            catch (TrainerException failure)
            {
                shell.Error.WriteLine($"trainer: no evaluation of {run.Folder.Path}: {failure.Message}");
            }
        }
        return found;
    }

    private bool IsAtHand(RunEntry run) =>
        run.Experiment.Data.Source == DataSource.Embedded || shell.Data.Locator.Locate(dataOption).Place != DataPlace.Download;

    /// <summary>Does what <c>trainer eval</c> does, which checks that loss and accuracy repeat to the last bit.</summary>
    private async Task MakeAsync(RunEntry run, DeviceChoice choice, CancellationToken cancellation)
    {
        string? option = run.Experiment.Data.Source == DataSource.Embedded ? null : dataOption;
        TrainedRun trained = await TrainedRun.LoadAsync(run.Folder, CheckpointName.Last, shell.Data.Provider(shell), option, cancellation);
        var measured = SplitMeasurement.Of(trained, SplitName.Test, setup => shell.Devices.Create(choice, setup, threads), cancellation);
        _ = measured.Compare();
        _ = EvaluationFiles.Write(measured, EvaluationFiles.FolderOf(trained, SplitName.Test), "svg", Mistakes);
    }
}
