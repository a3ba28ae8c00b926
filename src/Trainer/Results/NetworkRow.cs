using CsvHelper;
using Trainer.Diagnostics;

namespace Trainer.Results;

/// <summary>One line of <c>diagnostics/network.csv</c>.</summary>
[CsvRecord]
[CsvOptions(Separator = ',', NewLine = "\n")]
internal sealed partial record NetworkRow
{
    [CsvColumn("epoch")] public required int Epoch { get; init; }

    [CsvColumn("lipschitz_bound")] public double? LipschitzBound { get; init; }

    [CsvColumn("accuracy_noise_0")] public double? AccuracyNoise0 { get; init; }

    [CsvColumn("accuracy_noise_0.05")] public double? AccuracyNoise005 { get; init; }

    [CsvColumn("accuracy_noise_0.1")] public double? AccuracyNoise01 { get; init; }

    [CsvColumn("accuracy_noise_0.2")] public double? AccuracyNoise02 { get; init; }

    [CsvColumn("accuracy_noise_0.3")] public double? AccuracyNoise03 { get; init; }

    /// <summary>The accuracies in the order of <see cref="NoiseProbe.Deviations"/>.</summary>
    public IReadOnlyList<double?> Accuracies() => [AccuracyNoise0, AccuracyNoise005, AccuracyNoise01, AccuracyNoise02, AccuracyNoise03];

    /// <summary>The line of an epoch.</summary>
    public static NetworkRow From(EpochDiagnosis epoch) => new()
    {
        Epoch = epoch.Epoch,
        LipschitzBound = epoch.LipschitzBound,
        AccuracyNoise0 = epoch.NoiseAccuracies[0],
        AccuracyNoise005 = epoch.NoiseAccuracies[1],
        AccuracyNoise01 = epoch.NoiseAccuracies[2],
        AccuracyNoise02 = epoch.NoiseAccuracies[3],
        AccuracyNoise03 = epoch.NoiseAccuracies[4],
    };
}
