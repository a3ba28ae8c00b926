using CsvHelper;
using Trainer.Runs;

namespace Trainer.Results;

/// <summary>One line of <c>timing.csv</c>, in seconds.</summary>
[CsvRecord]
[CsvOptions(Separator = ',', NewLine = "\n")]
internal sealed partial record TimingRow
{
    [CsvColumn("epoch")] public required int Epoch { get; init; }

    [CsvColumn("training_seconds")] public required double TrainingSeconds { get; init; }

    [CsvColumn("evaluation_seconds")] public required double EvaluationSeconds { get; init; }

    /// <summary>The line of <paramref name="timing"/>.</summary>
    public static TimingRow From(EpochTiming timing) => new()
    {
        Epoch = timing.Epoch,
        TrainingSeconds = Math.Round(timing.Training.TotalSeconds, 6),
        EvaluationSeconds = Math.Round(timing.Evaluation.TotalSeconds, 6),
    };
}
