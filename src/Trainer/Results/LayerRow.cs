using CsvHelper;
using Trainer.Diagnostics;

namespace Trainer.Results;

/// <summary>One line of <c>diagnostics/layers.csv</c>; null is an empty field: no such thing in this layer.</summary>
[CsvRecord]
[CsvOptions(Separator = ',', NewLine = "\n")]
internal sealed partial record LayerRow
{
    [CsvColumn("epoch")] public required int Epoch { get; init; }

    [CsvColumn("layer")] public required int Layer { get; init; }

    [CsvColumn("gradient_norm")] public double? GradientNorm { get; init; }

    [CsvColumn("weight_norm")] public double? WeightNorm { get; init; }

    [CsvColumn("update_ratio")] public double? UpdateRatio { get; init; }

    [CsvColumn("dead_share")] public double? DeadShare { get; init; }

    [CsvColumn("saturated_share")] public double? SaturatedShare { get; init; }

    [CsvColumn("spectral_norm")] public double? SpectralNorm { get; init; }

    /// <summary>The line of a layer.</summary>
    public static LayerRow From(int epoch, LayerDiagnosis layer) => new()
    {
        Epoch = epoch,
        Layer = layer.Probe.Layer,
        GradientNorm = layer.Probe.GradientNorm,
        WeightNorm = layer.Probe.WeightNorm,
        UpdateRatio = layer.UpdateRatio,
        DeadShare = layer.Probe.DeadShare,
        SaturatedShare = layer.Probe.SaturatedShare,
        SpectralNorm = layer.SpectralNorm,
    };
}
