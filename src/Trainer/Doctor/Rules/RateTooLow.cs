using Trainer.Optimizers;

namespace Trainer.Doctor.Rules;

/// <summary>The training loss hardly falls, and nothing else explains it.</summary>
internal sealed class RateTooLow : IRule
{
    private const double LeastFall = 0.1;
    private const int FewestEpochs = 2;

    /// <inheritdoc/>
    public string Name => "rate-too-low";

    /// <inheritdoc/>
    public string LooksAt => "the training loss at the start and in the last epoch";

    /// <inheritdoc/>
    public IReadOnlyList<string> ConsequenceOf =>
        ["divergence", "equal-units", "saturated-units", "dead-units", "vanishing-gradients", "rate-too-high", "start-loss"];

    /// <inheritdoc/>
    public Finding? Examine(RecordedRun run)
    {
        IReadOnlyList<double> losses = run.RunningLosses;
        if (!run.HasRate || losses.Count < FewestEpochs || run.StartLoss is not { } start || double.IsNaN(losses[^1]))
        {
            return null;
        }
        double fall = 1 - (losses[^1] / start);
        return fall >= LeastFall ? null : new Finding
        {
            Seen = $"the loss was {Figures.Number(start)} at the start and is {Figures.Number(losses[^1])} in epoch {losses.Count}: {(fall > 0 ? $"{Figures.Number(100 * fall)}% less" : "not less")}",
            Limit = $"at least {Figures.Percent(LeastFall)} less after {FewestEpochs} epochs or more: a rate that fits brings half within the first epoch or two",
            Meaning = "the steps go the right way, but are so short that training gets nowhere in this time.",
            Try =
            [
                new($"optimizer.lr={Figures.Setting(run.Lr * 10)}", "ten times as much, and again until the loss begins to jump"),
                new("optimizer={name: adam, lr: 0.001}", "finds the length of its steps by itself"),
                .. run.Experiment.Optimizer is Sgd { Momentum: 0 } ? (Remedy[])[new("optimizer.momentum=0.9", "ten times as far in the same time")] : [],
                new($"epochs={10 * run.Experiment.Epochs}", "if the rate must be that low"),
            ],
        };
    }
}
