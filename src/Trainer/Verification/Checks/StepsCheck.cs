using System.Globalization;
using Trainer.Optimizers;
using Trainer.Results;
using Trainer.Runs;
using Trainer.Schedules;

namespace Trainer.Verification.Checks;

/// <summary>Steps and learning rates are those that the configuration and the number of images give; a rate that depends on the
/// run is followed through its lines.</summary>
internal sealed class StepsCheck : IRunCheck
{
    /// <inheritdoc/>
    public string Name => "steps";

    /// <inheritdoc/>
    public CheckOutcome? Check(VerifiedRun run)
    {
        if (run.Rows.Count == 0)
        {
            return null;
        }
        bool searches = run.Experiment.Optimizer is LineSearch;
        string? step = null, rate = null;
        foreach ((MetricsRow row, long expectedStep, double? expectedRate) in Expected(run))
        {
            string place = FormattableString.Invariant($"{run.NameOf(run.Folder.Metrics)}: epoch {row.Epoch}");
            step ??= row.Step == expectedStep ? null : FormattableString.Invariant($"{place}: step is {row.Step}, computed {expectedStep}");
            // Of a line search it is the size that was found; see the check of its steps.
            rate ??= row.Lr == expectedRate || (searches && row.Epoch > 0) ? null
                : $"{place}: lr is {MetricsColumns.Text(row.Lr)}, computed {MetricsColumns.Text(expectedRate)}";
        }
        return CheckOutcome.Of(
            $"{run.Rows[^1].Step.ToString(CultureInfo.InvariantCulture)} steps{(searches ? "" : ", and the rates of the schedule")}", step, rate);
    }

    private static IEnumerable<(MetricsRow Row, long Step, double? Rate)> Expected(VerifiedRun run)
    {
        bool searches = run.Experiment.Optimizer is LineSearch;
        StepCounts steps = Run.Steps(run.Experiment, run.Sizes.Train - run.Experiment.Data.Validation);
        RateCourse rates = run.Experiment.Schedule.Course(run.Experiment.Optimizer.ForEngine().Lr, steps);
        foreach (MetricsRow row in run.Rows)
        {
            long step = searches ? row.Epoch : row.Epoch * steps.PerEpoch;
            yield return (row, step, step == 0 ? null : rates.Rate(step));
            if (row.Epoch > 0 && CanBeObserved(run.Experiment.Schedule, row))
            {
                rates.Observe(new MeasuredEpoch(step, row.TrainLoss, row.ValLoss, row.ValAccuracy));
            }
        }
    }

    /// <summary>What a schedule looks at may be missing from a damaged line; the check of the metrics says so.</summary>
    private static bool CanBeObserved(Schedule schedule, MetricsRow row) => schedule is not ReduceOnPlateau plateau
        || (plateau.Monitor switch
        {
            MonitoredQuantity.ValLoss => row.ValLoss,
            MonitoredQuantity.ValAccuracy => row.ValAccuracy,
            _ => row.TrainLoss,
        }) is not null;
}
