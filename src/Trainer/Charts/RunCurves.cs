namespace Trainer.Charts;

/// <summary>
/// What a run's curves are drawn from: who it was, and its metrics epoch by epoch. Each list has one value for each
/// entry of <see cref="Epochs"/>, NaN where nothing was measured; null when it was never measured. Accuracies are
/// fractions 0 … 1.
/// </summary>
internal sealed record RunCurves
{
    /// <summary>The configuration's name.</summary>
    public required string ConfigName { get; init; }

    /// <summary>The data set's name, as every artefact carries it.</summary>
    public required string DataSetName { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>What was trained, in a few words ("784-128-64-10 relu, sgd lr 0.1"); null to leave it out.</summary>
    public string? Setting { get; init; }

    /// <summary>How many epochs were asked for; null when that is not known. A run that ended before says so.</summary>
    public int? PlannedEpochs { get; init; }

    /// <summary>What the losses are means of.</summary>
    public string LossName { get; init; } = "mean cross-entropy";

    /// <summary>The epochs, ascending; 0 is the untrained network.</summary>
    public required IReadOnlyList<int> Epochs { get; init; }

    /// <summary>Mean loss over the training set.</summary>
    public IReadOnlyList<double>? TrainLoss { get; init; }

    /// <summary>Part of the training set classified correctly.</summary>
    public IReadOnlyList<double>? TrainAccuracy { get; init; }

    /// <summary>Mean loss over the test set.</summary>
    public IReadOnlyList<double>? TestLoss { get; init; }

    /// <summary>Part of the test set classified correctly.</summary>
    public IReadOnlyList<double>? TestAccuracy { get; init; }

    /// <summary>Mean loss over the validation split.</summary>
    public IReadOnlyList<double>? ValidationLoss { get; init; }

    /// <summary>Part of the validation split classified correctly.</summary>
    public IReadOnlyList<double>? ValidationAccuracy { get; init; }

    /// <summary>The epoch chosen by validation; null when there is no validation split.</summary>
    public int? BestValidationEpoch { get; init; }
}
