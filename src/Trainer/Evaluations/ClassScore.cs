using CsvHelper;

namespace Trainer.Evaluations;

/// <summary>How one class fares: a line of <c>classes.csv</c>. What would be 0/0 is null, an empty field, and not 0: nothing was
/// measured.</summary>
[CsvRecord]
[CsvOptions(Separator = ',', NewLine = "\n")]
internal sealed partial record ClassScore
{
    /// <summary>Its number.</summary>
    [CsvColumn("label")] public required int Label { get; init; }

    /// <summary>Its name.</summary>
    [CsvColumn("class")] public required string Class { get; init; }

    /// <summary>Of the rows taken for this class, the part that is of it; null where none was taken for it.</summary>
    [CsvColumn("precision")] public required double? Precision { get; init; }

    /// <summary>Of the rows of this class, the part that was recognised; null where there is none.</summary>
    [CsvColumn("recall")] public required double? Recall { get; init; }

    /// <summary>2·TP / (2·TP + FP + FN), the harmonic mean of the two; null where no row is of the class and none taken for it.</summary>
    [CsvColumn("f1")] public required double? F1 { get; init; }

    /// <summary>Rows of this class.</summary>
    [CsvColumn("support")] public required int Support { get; init; }

    /// <summary>Rows taken for this class.</summary>
    [CsvColumn("predicted")] public required int Predicted { get; init; }
}
