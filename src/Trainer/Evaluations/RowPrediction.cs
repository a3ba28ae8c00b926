using CsvHelper;

namespace Trainer.Evaluations;

/// <summary>What became of one row: a line of <c>predictions.csv</c>.</summary>
[CsvRecord]
[CsvOptions(Separator = ',', NewLine = "\n")]
internal sealed partial record RowPrediction
{
    /// <summary>Its number in the split, from 0.</summary>
    [CsvColumn("row")] public required int Row { get; init; }

    /// <summary>The number of its image in the data set's file.</summary>
    [CsvColumn("image")] public required int Image { get; init; }

    /// <summary>Its class.</summary>
    [CsvColumn("label")] public required int Label { get; init; }

    /// <summary>The class it was taken for.</summary>
    [CsvColumn("prediction")] public required int Prediction { get; init; }

    /// <summary>Its loss.</summary>
    [CsvColumn("loss")] public required float Loss { get; init; }

    /// <summary>The probability of the class it was taken for; null where the loss is no cross-entropy.</summary>
    [CsvColumn("confidence")] public required double? Confidence { get; init; }
}
