using Trainer.Diagnostics;

namespace Trainer.Doctor.Rules;

/// <summary>Half of a layer's rectifiers, or more, never answer.</summary>
internal sealed class DeadUnits : IRule
{
    // Seen on configs/*.yaml with relu: at most 16 % (adam.yaml, from epoch 1 on).
    private const double Most = 0.5;

    /// <inheritdoc/>
    public string Name => "dead-units";

    /// <inheritdoc/>
    public string LooksAt => "units whose slope is 0 for every one of the first training rows";

    /// <inheritdoc/>
    public IReadOnlyList<string> ConsequenceOf => ["divergence", "equal-units", "rate-too-high"];

    /// <inheritdoc/>
    public Finding? Examine(RecordedRun run)
    {
        // A saturated sigmoid's slope may round to 0 too; that is another illness.
        LayerProbe? worst = run.Latest.Where(layer => layer.SaturatedShare is null && layer.DeadShare >= Most).MaxBy(layer => layer.DeadShare);
        if (worst is null)
        {
            return null;
        }
        bool fromTheStart = run.Initial[worst.Layer - 1].DeadShare >= Most;
        return new Finding
        {
            Seen = $"{run.LatestMoment} {Figures.Percent(worst.DeadShare!.Value)} of the {worst.Units} units of {worst.Name} are dead"
                + (fromTheStart ? "; before training it was already that bad" : $"; before training it was {Figures.Percent(run.Initial[worst.Layer - 1].DeadShare ?? 0)}"),
            Limit = $"less than {Figures.Percent(Most)} of a layer's units: a few always die, and do no harm in a wide layer; with half of them gone the layer is not the one that was asked for",
            Meaning = "a dead unit puts out the same for every image, and its slope is 0, so no gradient ever reaches its weights: it "
                + "does not come back. " + (fromTheStart
                    ? "Here the initial weights put z below 0 for all images."
                    : "Here a step that was too long pushed z below 0 for all images."),
            Try =
            [
                .. fromTheStart
                    ? (Remedy[])[new("model.init=he_normal", "weights drawn around 0, so that half of all z are above it")]
                    : [.. Remedies.Rate(run, 0.1, "a tenth"), .. Remedies.Warmup(run, "no long steps at first")],
                .. Remedies.Activation(run, "leaky_relu", "a slope on the left too, as elu and gelu have"),
                .. Remedies.BatchNorm(run, "brings z back around 0"),
            ],
        };
    }
}
