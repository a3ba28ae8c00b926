using System.Text.Json.Serialization;
using Trainer.Benchmarks.Cases;

namespace Trainer.Benchmarks.Contestants;

/// <summary>A line to a contestant; scripts/bench/contestant.py says what the verbs mean.</summary>
/// <param name="Verb">open, train or evaluate.</param>
/// <param name="Data">open: folder of the IDX files.</param>
/// <param name="Case">open: what to train.</param>
/// <param name="Epochs">train: how many.</param>
internal sealed record Request(
    string Verb,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Data = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TrainingCase? Case = null,
    int Epochs = 0)
{
    /// <summary>Take these images into memory, build this network.</summary>
    public static Request Open(string data, TrainingCase training) => new(OpenVerb, data, training);

    /// <summary>Train on.</summary>
    public static Request Train(int epochs) => new(TrainVerb, Epochs: epochs);

    /// <summary>Measure all rows.</summary>
    public static Request Evaluate() => new(EvaluateVerb);

    /// <summary>The verb of <see cref="Open"/>.</summary>
    public const string OpenVerb = "open";

    /// <summary>The verb of <see cref="Train"/>.</summary>
    public const string TrainVerb = "train";

    /// <summary>The verb of <see cref="Evaluate"/>.</summary>
    public const string EvaluateVerb = "evaluate";
}
