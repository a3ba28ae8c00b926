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
        // The untrained network's row is written before the first step.
        bool atStart = run.Rows.Count == 0;
        string message = status.Message ?? "the loss became infinite or not a number";
        return new Finding
        {
            Seen = message.Split(';')[0],
            Limit = "a loss is a finite number; whatever is computed from one that is not, is lost too",
            Meaning = atStart ? "the initial weights are so large that the untrained network already computes with numbers that are too large."
                : "the steps were so long that each one landed farther out than the last, until the numbers were too large to "
                + "compute with. Nothing in the network is of use; its last checkpoint, if there is one, is from before.",
            Try = atStart ? [new("model.init=pytorch", "weights that shrink as layers grow wider")] :
            [
                .. Remedies.Rate(run, 0.1, "a tenth; a rate that is too high by less makes the loss jump instead"),
                .. run.Experiment.Optimizer is Sgd { Momentum: > 0 } sgd
                    ? (Remedy[])[new("optimizer.momentum=0", $"with {Figures.Number(sgd.Momentum)} steps add up to {Figures.Number(1 / (1 - sgd.Momentum))} times the rate")]
                    : [],
                .. Remedies.Warmup(run, "small steps first, where the slope is steepest"),
                .. Remedies.Clipping(run, "a bound on the gradient"),
            ],
        };
    }
}
