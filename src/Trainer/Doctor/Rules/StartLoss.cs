using Trainer.Configuration;

namespace Trainer.Doctor.Rules;

/// <summary>The untrained network is far worse than guessing.</summary>
internal sealed class StartLoss : IRule
{
    // Logits of standard deviation s raise the expected loss by about s²/2: one nat is s = 1.4. PyTorch's, Xavier's and He's
    // initialisations give 2.30 to 2.9 on Fashion-MNIST.
    private const double Most = 1;

    /// <inheritdoc/>
    public string Name => "start-loss";

    /// <inheritdoc/>
    public string LooksAt => "the untrained network's cross-entropy";

    /// <inheritdoc/>
    public IReadOnlyList<string> ConsequenceOf => ["saturated-units"];

    /// <inheritdoc/>
    public Finding? Examine(RecordedRun run)
    {
        if (run.GuessingLoss is not { } guessing || run.StartLoss is not { } start || start - guessing <= Most)
        {
            return null;
        }
        return new Finding
        {
            Seen = $"the loss of the untrained network is {Figures.Number(start)}",
            Limit = $"at most {Figures.Number(Most)} above ln {run.Classes} = {Figures.Number(guessing)}, the loss of an even guess among {run.Classes} classes: a network that knows nothing should not be sure of anything",
            Meaning = "the initial weights are so large that the outputs are far apart before anything is learnt. The first steps "
                + "are long ones that only undo this, and may throw units where they no longer learn.",
            Try =
            [
                new("model.init=pytorch", $"weights that shrink as layers grow wider, as he_normal and xavier_normal do (now: {Registry.NameOf(run.Experiment.Model.Init.GetType())})"),
            ],
        };
    }
}
