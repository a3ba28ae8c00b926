using Trainer.Configuration;
using Trainer.Diagnostics;

namespace Trainer.Doctor.Rules;

/// <summary>Most units of a layer lie on the flat ends of their sigmoid.</summary>
internal sealed class SaturatedUnits : IRule
{
    // Seen on configs/*.yaml with sigmoids: none before training, 48 % in layer 1 of momentum.yaml after 20 epochs.
    private const double MostAtStart = 0.25;
    private const double MostAtEnd = 0.9;

    /// <inheritdoc/>
    public string Name => "saturated-units";

    /// <inheritdoc/>
    public string LooksAt => "the slope of sigmoid, tanh and hard_sigmoid on the first training rows, before and after training";

    /// <inheritdoc/>
    public IReadOnlyList<string> ConsequenceOf => ["equal-units", "rate-too-high"];

    /// <inheritdoc/>
    public Finding? Examine(RecordedRun run) =>
        Of(run, run.Initial, MostAtStart, "before training", "fresh weights of a fitting size keep nearly all units where the function is steep")
        ?? Of(run, run.Latest, MostAtEnd, run.LatestMoment, "units that decide firmly are saturated for many rows, as they should; for nearly all rows they no longer learn");

    private Finding? Of(RecordedRun run, IReadOnlyList<LayerProbe> layers, double most, string moment, string reason)
    {
        LayerProbe? worst = layers.Where(layer => layer.SaturatedShare >= most).MaxBy(layer => layer.SaturatedShare);
        return worst is null ? null : new Finding
        {
            Seen = $"{moment} {Figures.Percent(worst.SaturatedShare!.Value)} of {worst.Name}'s outputs are saturated",
            Limit = $"less than {Figures.Percent(most)} {(most == MostAtStart ? "before training" : "at the end")}: {reason}. Saturated: a slope below {Figures.Percent(NetworkProbe.SaturationLimit)} of the steepest (for a sigmoid |z| > 4.4)",
            Meaning = "the units are stuck at one end of their function, where it is flat: next to nothing of the error passes through "
                + "them, and the weights before them hardly move. Weights that are too large do that.",
            Try =
            [
                .. most == MostAtStart
                    ? (Remedy[])[new("model.init=xavier_normal", $"keeps z near 0 (now: {Registry.NameOf(run.Experiment.Model.Init.GetType())})")]
                    : Remedies.Rate(run, 0.1, "a tenth: long steps drove the weights there"),
                .. Remedies.Activation(run, "relu", "has no flat end on the right"),
                .. Remedies.BatchNorm(run, "holds z where the function is steep"),
                .. Remedies.WeightDecay(run),
            ],
        };
    }
}
