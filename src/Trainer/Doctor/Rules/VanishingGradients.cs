namespace Trainer.Doctor.Rules;

/// <summary>The error dies out on its way back to the first layer.</summary>
internal sealed class VanishingGradients : IRule
{
    private const double Least = 1e-3;

    /// <inheritdoc/>
    public string Name => "vanishing-gradients";

    /// <inheritdoc/>
    public string LooksAt => "the error that arrives at each layer (root mean square of the loss's gradient to what the activation gets), on the first training rows, after training";

    /// <inheritdoc/>
    public IReadOnlyList<string> ConsequenceOf => ["divergence", "equal-units", "saturated-units", "dead-units", "rate-too-high"];

    /// <inheritdoc/>
    public Finding? Examine(RecordedRun run)
    {
        // An untrained network of sigmoids may be that bad and still come round: three-hidden.yaml starts at 9e-4 and has learnt
        // to pass errors on after an epoch.
        if (run.Last is not { Count: > 2 } layers || run.Rows is not [.., { Epoch: > 0 }])
        {
            return null;
        }
        double ratio = layers[0].SignalNorm / layers[^1].SignalNorm;
        if (layers[^1].SignalNorm == 0 || ratio >= Least)
        {
            return null;
        }
        double factor = Math.Pow(ratio, 1.0 / (layers.Count - 1));
        return new Finding
        {
            Seen = $"{run.LatestMoment} a unit of hidden layer 1 gets {Figures.Number(ratio)} of the error that a unit of the output layer gets, a factor of {Figures.Number(factor)} a layer",
            Limit = $"at least {Figures.Number(Least)}: with less the first layer learns a thousand times as slowly as the last, and 20 epochs are not enough for it",
            Meaning = "each layer multiplies the error by its weights and by the slope of its activation on the way back; a sigmoid's slope is "
                + "at most 1/4. After several layers next to nothing is left, and the first layers stay as they were drawn.",
            Try =
            [
                .. Remedies.Activation(run, "relu", "its slope is 1 wherever it answers"),
                new("model.init=xavier_normal", "weights of a size that neither shrinks nor blows up what passes"),
                .. Remedies.BatchNorm(run, "keeps z where the slope is"),
                .. Remedies.Adam(run, "scales each weight's step by its own gradients"),
                .. run.Experiment.Model.Hidden.Count > 2 ? (Remedy[])[new("model.hidden=[128, 64]", "fewer layers to pass")] : [],
            ],
        };
    }
}
