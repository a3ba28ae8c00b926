using CsvHelper;

namespace Trainer.Results;

/// <summary>One line of <c>trace/steps.csv</c>.</summary>
[CsvRecord]
[CsvOptions(Separator = ',', NewLine = "\n")]
internal sealed partial record StepRow
{
    [CsvColumn("step")] public required int Step { get; init; }

    [CsvColumn("loss")] public required double Loss { get; init; }
}
