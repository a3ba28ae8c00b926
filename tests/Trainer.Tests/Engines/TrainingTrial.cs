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
    public static int[] Run(IEngine engine, TrainingSetup setup, int epochs = 2, ulong seed = 3)
    {
        var words = new List<int>();
        float[] parameters = new float[setup.Shape.ParameterCount];
        new PytorchDefault().Fill(setup.Shape, seed, parameters);
        engine.WriteParameters(parameters);
        var trainResults = new RowResults(setup.Data.Train.Count);
        var testResults = new RowResults(setup.Data.Test.Count);
        long step = 0;
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            int[] order = new int[setup.Data.Train.Count];
            new Philox(seed, RandomStream.Shuffle, (uint)epoch).Permutation(order);
            var plan = new EpochPlan(order, setup.BatchSize, step, _ => setup.Optimizer.Lr);
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
        return [.. words];
    }

    private static void Add(List<int> words, RowResults results)
    {
        words.AddRange(MemoryMarshal.Cast<float, int>(results.Losses));
        words.AddRange(results.Predictions);
    }
}
