using Trainer.Data;
using Trainer.Engines;
using Trainer.Randomness;

namespace Trainer.Tests.Engines;

/// <summary>A short training from an <see cref="EdgeStart"/>, on one engine after another.</summary>
/// <param name="setup">What is trained.</param>
/// <param name="start">Where it starts.</param>
/// <param name="seed">Decides what is drawn.</param>
internal sealed class EdgeTrial(TrainingSetup setup, EdgeStart start, ulong seed)
{
    private const int Epochs = 2;

    // State as after many steps without and with gradients.
    private static readonly float[] First = [0, -0f, float.Epsilon, -float.Epsilon, 1e-39f, -1e-3f];
    private static readonly float[] Second = [0, -0f, float.Epsilon, 1e-39f, 1e-12f];

    /// <summary>Losses before and after, a gradient, every row's loss on the way, parameters and state.</summary>
    public TrialRecord Run(IEngine engine)
    {
        var record = new TrialRecord();
        float[] vector = new float[setup.Shape.ParameterCount];
        start.Fill(setup.Shape, seed, vector);
        engine.WriteParameters(vector);
        var random = new Philox(seed, RandomStream.Noise, 6);
        for (int s = 0; s < engine.StateCount; s++)
        {
            float[] choices = s == 0 ? First : Second;
            for (int k = 0; k < vector.Length; k++)
            {
                vector[k] = choices[random.Below((ulong)k, choices.Length)];
            }
            engine.WriteState(s, vector);
        }
        Evaluate(engine, "before", record);
        int rows = setup.Data.Train.Count;
        int[] order = [.. Enumerable.Range(0, rows).Select(row => rows - 1 - row)];
        double loss = engine.Gradient(order.AsSpan(0, Math.Min(rows, setup.BatchSize + 1)), vector);
        record.Add("gradient", vector);
        record.Add("mean loss", [(float)loss]);
        var results = new RowResults(rows);
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            var plan = new EpochPlan(order, setup.BatchSize, epoch * 2, _ => setup.Optimizer.Lr);
            engine.Train(plan, .., results);
            record.Add($"epoch {epoch}", results);
        }
        engine.ReadParameters(vector);
        record.Add("parameters", vector);
        for (int s = 0; s < engine.StateCount; s++)
        {
            engine.ReadState(s, vector);
            record.Add($"state {s}", vector);
        }
        Evaluate(engine, "after", record);
        return record;
    }

    private void Evaluate(IEngine engine, string name, TrialRecord record)
    {
        var results = new RowResults(setup.Data.Test.Count);
        engine.Evaluate(SplitName.Test, .., results);
        record.Add(name, results);
    }
}
