using Trainer.Optimizers;
using Trainer.Results;

namespace Trainer.Doctor.Rules;

/// <summary>The training loss hardly falls, and nothing else explains it.</summary>
internal sealed class RateTooLow : IRule
{
    private const double LeastFall = 0.1;
    private const int FewestEpochs = 2;

    /// <inheritdoc/>
    public string Name => "rate-too-low";

    /// <inheritdoc/>
    public string LooksAt => "the training loss at the start and after the best epoch";

    /// <inheritdoc/>
    public IReadOnlyList<string> ConsequenceOf =>
        ["divergence", "equal-units", "saturated-units", "dead-units", "vanishing-gradients", "rate-too-high", "start-loss"];

    /// <inheritdoc/>
    public Finding? Examine(RecordedRun run)
    {
        MetricsRow[] rows = [.. run.Rows.Where(row => row.Epoch > 0)];
        if (!run.HasRate || rows.Length < FewestEpochs || run.StartLoss is not { } start)
        {
            return null;
        }
        (double loss, int epoch) = rows.Select(row => (Reached(row), row.Epoch)).Min();
        if (double.IsNaN(loss))
        {
            return null;
        }
        double fall = 1 - (loss / start);
        return fall >= LeastFall ? null : new Finding
        {
            Seen = $"the loss was {Figures.Number(start)} at the start and is {Figures.Number(loss)} in epoch {epoch}, its best of {rows.Length}: {(fall > 0 ? $"{Figures.Number(100 * fall)}% less" : "not less")}",
            Limit = $"at least {Figures.Percent(LeastFall)} less after {FewestEpochs} epochs or more: a rate that fits brings half within the first epoch or two",
            Meaning = "the steps go the right way, but are so short that training gets nowhere in this time.",
            Try =
            [
                .. Remedies.Rate(run, 10, "ten times as much, and again until the loss begins to jump"),
                .. Remedies.Adam(run, "finds the length of its steps by itself"),
                .. run.Experiment.Optimizer is Sgd { Momentum: 0 } ? (Remedy[])[new("optimizer.momentum=0.9", "ten times as far in the same time")] : [],
                // With early stopping the run would end where it did.
                .. run.Experiment.EarlyStopping is null ? (Remedy[])[new($"epochs={10 * run.Experiment.Epochs}", "if the rate must be that low")] : [],
            ],
        };
    }

    /// <summary>The loss at the end of an epoch, without label smoothing and dropout as the one at the start is. Where it was not
    /// measured on training rows: that on test rows, or while the weights moved if less, since a network that learns its rows by
    /// heart gets worse on others.</summary>
    private static double Reached(MetricsRow row) =>
        row.TrainLoss ?? (row.TestLoss, row.RunningLoss) switch
        {
            ({ } test, { } running) => Math.Min(test, running),
            (var test, var running) => test ?? running ?? double.NaN,
        };
}
