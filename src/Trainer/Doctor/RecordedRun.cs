using Trainer.Data;
using Trainer.Diagnostics;
using Trainer.Losses;
using Trainer.Optimizers;
using Trainer.Results;
using Trainer.Runs;
using Trainer.Schedules;

namespace Trainer.Doctor;

/// <summary>What a run left behind, as far as rules look at it.</summary>
internal sealed record RecordedRun
{
    /// <summary>The resolved configuration.</summary>
    public required Experiment Experiment { get; init; }

    /// <summary>The data set's name.</summary>
    public required string DataSet { get; init; }

    /// <summary>Its images; null where they are not at hand.</summary>
    public DataSet? Images { get; init; }

    /// <summary>How many classes it has.</summary>
    public int Classes { get; init; } = 10;

    /// <summary>How far the run came; null where that is not known.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>The recorded epochs, from the untrained network on.</summary>
    public required IReadOnlyList<MetricsRow> Rows { get; init; }

    /// <summary>The layers of the untrained network.</summary>
    public required IReadOnlyList<LayerProbe> Initial { get; init; }

    /// <summary>The layers at the end; null without a checkpoint.</summary>
    public required IReadOnlyList<LayerProbe>? Last { get; init; }

    /// <summary>The base of the learning rates: the optimizer's, or the one that stands in its place.</summary>
    public double Lr => Experiment.Schedule is OneCycle { MaxLr: { } highest } ? highest : Experiment.Optimizer.ForEngine().Lr;

    /// <summary>Whether the length of steps follows from a learning rate; a line search finds it.</summary>
    public bool HasRate => Experiment.Optimizer is Optimizer;

    /// <summary>What differences of losses are compared with: ln C, or with another loss that of the untrained network.</summary>
    public double? LossScale => GuessingLoss ?? StartLoss;

    /// <summary>The layers as far as they are known: at the end, else at the start.</summary>
    public IReadOnlyList<LayerProbe> Latest => Last ?? Initial;

    /// <summary>The moment of <see cref="Latest"/>, in words.</summary>
    public string LatestMoment => Last is null || Rows.Count == 0 || Rows[^1].Epoch == 0 ? "before training" : $"after epoch {Rows[^1].Epoch}";

    /// <summary>ln C, the cross-entropy of guessing; null with another loss.</summary>
    public double? GuessingLoss => Experiment.Loss is CrossEntropy ? Math.Log(Classes) : null;

    /// <summary>The untrained network's loss; null where it was not recorded.</summary>
    public double? StartLoss => Rows is [{ Epoch: 0 } first, ..] ? first.TrainLoss ?? first.TestLoss : null;

    /// <summary>Mean loss of each epoch while the weights moved, from epoch 1 on: much smoother than what is measured at the
    /// ends.</summary>
    public IReadOnlyList<double> RunningLosses => [.. Rows.Where(row => row.Epoch > 0).Select(row => row.RunningLoss ?? double.NaN)];
}
