using CsvHelper;
using Trainer.Engines;
using Trainer.Runs;

namespace Trainer.Results;

/// <summary>One line of <c>metrics.csv</c>; null is an empty field, not measured.</summary>
[CsvRecord]
[CsvOptions(Separator = ',', NewLine = "\n")]
internal sealed partial record MetricsRow
{
    [CsvColumn("epoch")] public required int Epoch { get; init; }

    [CsvColumn("step")] public required long Step { get; init; }

    [CsvColumn("lr")] public double? Lr { get; init; }

    [CsvColumn("running_loss")] public double? RunningLoss { get; init; }

    [CsvColumn("running_accuracy")] public double? RunningAccuracy { get; init; }

    [CsvColumn("train_loss")] public double? TrainLoss { get; init; }

    [CsvColumn("train_accuracy")] public double? TrainAccuracy { get; init; }

    [CsvColumn("val_loss")] public double? ValLoss { get; init; }

    [CsvColumn("val_accuracy")] public double? ValAccuracy { get; init; }

    [CsvColumn("test_loss")] public double? TestLoss { get; init; }

    [CsvColumn("test_accuracy")] public double? TestAccuracy { get; init; }

    [CsvColumn("digest")] public string? Digest { get; init; }

    /// <summary>What was measured on the validation split; null without one.</summary>
    public Evaluation? Validation => Pair(ValLoss, ValAccuracy);

    /// <summary>The epoch, as it was recorded.</summary>
    public EpochRecord ToRecord() => new(
        Epoch, Step, Lr, Pair(RunningLoss, RunningAccuracy), Pair(TrainLoss, TrainAccuracy), Validation,
        Pair(TestLoss, TestAccuracy) ?? default, Digest ?? "");

    /// <summary>The line of <paramref name="record"/>.</summary>
    public static MetricsRow From(EpochRecord record) => new()
    {
        Epoch = record.Epoch,
        Step = record.Step,
        Lr = record.Lr,
        RunningLoss = record.Running?.Loss,
        RunningAccuracy = record.Running?.Accuracy,
        TrainLoss = record.Train?.Loss,
        TrainAccuracy = record.Train?.Accuracy,
        ValLoss = record.Validation?.Loss,
        ValAccuracy = record.Validation?.Accuracy,
        TestLoss = record.Test.Loss,
        TestAccuracy = record.Test.Accuracy,
        Digest = record.Digest,
    };

    private static Evaluation? Pair(double? loss, double? accuracy) =>
        loss is { } l && accuracy is { } a ? new Evaluation(l, a) : null;
}
