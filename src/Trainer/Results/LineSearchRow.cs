using CsvHelper;
using Trainer.Runs;

namespace Trainer.Results;

/// <summary>One line of <c>line_search.csv</c>: a step, which is an epoch.</summary>
[CsvRecord]
[CsvOptions(Separator = ',', NewLine = "\n")]
internal sealed partial record LineSearchRow
{
    [CsvColumn("step")] public required long Step { get; init; }

    [CsvColumn("t")] public required double Size { get; init; }

    [CsvColumn("trials")] public required int Trials { get; init; }

    [CsvColumn("loss_before")] public required double LossBefore { get; init; }

    [CsvColumn("loss_after")] public required double LossAfter { get; init; }

    [CsvColumn("gradient_squared")] public required double GradientSquared { get; init; }

    /// <summary>The line of <paramref name="step"/>.</summary>
    public static LineSearchRow From(LineSearchStep step) => new()
    {
        Step = step.Step,
        Size = step.Size,
        Trials = step.Trials,
        LossBefore = step.LossBefore,
        LossAfter = step.LossAfter,
        GradientSquared = step.GradientSquared,
    };
}
