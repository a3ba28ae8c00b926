using System.Runtime.InteropServices;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Initializers;
using Trainer.Randomness;

namespace Trainer.Tests.Engines;

/// <summary>A few epochs on an engine and everything that came of them, as bits.</summary>
internal static class TrainingTrial
{
    /// <summary>Parameters, state, every row's loss and prediction, in one array of words.</summary>
    /// <param name="engine">What computes.</param>
    /// <param name="setup">What it computes.</param>
    /// <param name="epochs">How many.</param>
    /// <param name="seed">Decides start and order.</param>
    /// <param name="prepared">Whether inputs come prepared by the host: pixels with something added, some of it negative.</param>
    public static int[] Run(IEngine engine, TrainingSetup setup, int epochs = 2, ulong seed = 3, bool prepared = false)
    {
        var words = new List<int>();
        float[] parameters = new float[setup.Shape.ParameterCount];
        new PytorchDefault().Fill(setup.Shape, seed, parameters);
        engine.WriteParameters(parameters);
        if (setup.Average is not null)
        {
            engine.WriteAverage(parameters);
        }
        var trainResults = new RowResults(setup.Data.Train.Count);
        var testResults = new RowResults(setup.Data.Test.Count);
        long step = 0;
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            int[] order = new int[setup.Data.Train.Count];
            new Philox(seed, RandomStream.Shuffle, (uint)epoch).Permutation(order);
            var plan = new EpochPlan(order, setup.BatchSize, step, _ => setup.Optimizer.Lr);
            plan.Inputs = prepared ? Prepare(setup, plan, seed + (ulong)epoch) : null;
            int half = plan.StepCount / 2;
            engine.Train(plan, ..half, trainResults);
            engine.Train(plan, half.., trainResults);
            Add(words, trainResults);
            engine.Evaluate(SplitName.Test, .., testResults);
            Add(words, testResults);
            step += plan.StepCount;
        }
        engine.ReadParameters(parameters);
        words.AddRange(MemoryMarshal.Cast<float, int>(parameters));
        for (int s = 0; s < engine.StateCount; s++)
        {
            engine.ReadState(s, parameters);
            words.AddRange(MemoryMarshal.Cast<float, int>(parameters));
        }
        if (setup.Average is not null)
        {
            engine.ReadAverage(parameters);
            words.AddRange(MemoryMarshal.Cast<float, int>(parameters));
        }
        float[] statistics = new float[setup.Shape.StatisticsCount];
        engine.ReadStatistics(statistics);
        words.AddRange(MemoryMarshal.Cast<float, int>(statistics));
        return [.. words];
    }

    private static PreparedInputs Prepare(TrainingSetup setup, EpochPlan plan, ulong seed)
    {
        var random = new Philox(seed, RandomStream.Noise, 0);
        float[] values = new float[plan.Order.Length * setup.Shape.Inputs];
        for (int k = 0; k < values.Length; k++)
        {
            byte pixel = setup.Data.Train.Pixels(plan.Order[k / setup.Shape.Inputs])[k % setup.Shape.Inputs];
            values[k] = pixel / 255f + random.Uniform((ulong)k) - 0.5f;
        }
        var inputs = new PreparedInputs(setup.Shape.Inputs);
        inputs.Set(0, values);
        return inputs;
    }

    private static void Add(List<int> words, RowResults results)
    {
        words.AddRange(MemoryMarshal.Cast<float, int>(results.Losses));
        words.AddRange(results.Predictions);
    }
}
