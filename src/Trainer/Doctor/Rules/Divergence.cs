using Trainer.Optimizers;
using Trainer.Results;

namespace Trainer.Doctor.Rules;

/// <summary>The loss became infinite or not a number.</summary>
internal sealed class Divergence : IRule
{
    /// <inheritdoc/>
    public string Name => "divergence";

    /// <inheritdoc/>
    public string LooksAt => "how the run ended";

    /// <inheritdoc/>
    public IReadOnlyList<string> ConsequenceOf => [];

    /// <inheritdoc/>
    public Finding? Examine(RecordedRun run)
    {
        if (run.Status is not { State: RunState.Diverged } status)
        {
            return null;
        }
        string message = status.Message ?? "the loss became infinite or not a number";
        return new Finding
        {
            Seen = message.Split(';')[0],
            Limit = "a loss is a finite number; whatever is computed from one that is not, is lost too",
            Meaning = "the steps were so long that each one landed farther out than the last, until the numbers were too large to "
                + "compute with. Nothing in the network is of use; its last checkpoint, if there is one, is from before.",
            Try =
            [
                new($"optimizer.lr={Figures.Setting(run.Lr / 10)}", "a tenth; a rate that is too high by less makes the loss jump instead"),
                .. run.Experiment.Optimizer is Sgd { Momentum: > 0 } sgd
                    ? (Remedy[])[new("optimizer.momentum=0", $"with {Figures.Number(sgd.Momentum)} steps add up to {Figures.Number(1 / (1 - sgd.Momentum))} times the rate")]
                    : [],
                new("schedule={name: constant, warmup: {epochs: 1}}", "small steps first, where the slope is steepest"),
                new("clipping={norm: 1}", "a bound on the gradient"),
            ],
        };
    }
}
