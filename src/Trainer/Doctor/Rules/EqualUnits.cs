using Trainer.Diagnostics;

namespace Trainer.Doctor.Rules;

/// <summary>All units of a hidden layer are the same.</summary>
internal sealed class EqualUnits : IRule
{
    /// <inheritdoc/>
    public string Name => "equal-units";

    /// <inheritdoc/>
    public string LooksAt => "the weights of each hidden layer, unit by unit";

    /// <inheritdoc/>
    public IReadOnlyList<string> ConsequenceOf => [];

    /// <inheritdoc/>
    public Finding? Examine(RecordedRun run)
    {
        LayerProbe[] equal = [.. run.Latest.SkipLast(1).Where(layer => layer is { Units: > 1, DistinctUnits: 1 })];
        return equal.Length == 0 ? null : new Finding
        {
            Seen = $"{run.LatestMoment} all {equal[0].Units} units of {string.Join(" and ", equal.Select(layer => layer.Name))} have the same weights and bias, to the bit",
            Limit = "at least two units of a hidden layer differ: drawn at random, two equal ones do not happen",
            Meaning = "units that start equal get equal gradients and stay equal: the whole layer computes one single number, however "
                + "wide it is. Zero weights besides pass no error back to the layers before them.",
            Try =
            [
                new("model.init=pytorch", "weights drawn at random tell units apart (he_normal and xavier_normal do too); biases may start at 0"),
            ],
        };
    }
}
