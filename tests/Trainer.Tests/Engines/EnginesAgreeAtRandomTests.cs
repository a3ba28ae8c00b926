using System.Diagnostics;
using Trainer.Activations;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Engines.Reference;
using Trainer.Networks;
using Trainer.Optimizers;
using Trainer.Randomness;
using Trainer.Tests.Activations;
using Trainer.Tests.Optimizers;

namespace Trainer.Tests.Engines;

/// <summary>Promise 2 where nobody thought to look: shapes, batches, slices, widths and threads drawn at random, from a
/// fixed seed.</summary>
public class EnginesAgreeAtRandomTests
{
    private const int Trials = 60;
    private const int MostWidth = 90;
    private const int MostBatch = 150;

    [Fact]
    public void Cpu_EqualsReference_ForWhateverIsDrawn()
    {
        for (int trial = 0; trial < Trials; trial++)
        {
            var random = new Philox(2024, RandomStream.Noise, (uint)trial);
            ulong drawn = 0;
            int[] sizes = [.. Enumerable.Range(0, 2 + Below(3)).Select(_ => 1 + Below(MostWidth))];
            sizes[^1] = 2 + Below(20);
            int train = 1 + Below(300), test = 1 + Below(500), batch = 1 + Below(MostBatch);
            Optimizer optimizer = OptimizerList.All[Below(OptimizerList.All.Count)].Optimizer;
            Activation activation = ActivationList.All[Below(ActivationList.All.Count)];
            VectorWidth width = Enum.GetValues<VectorWidth>()[Below(4)];
            int threads = 1 + Below(5);
            SplitSet data = TestData.Splits(train, test, sizes[0], sizes[^1], seed: (ulong)trial + 1);
            var setup = new TrainingSetup(new MlpShape(sizes), activation, optimizer, data, Math.Min(batch, train));
            using IEngine reference = ReferenceEngine.Create(setup);
            using IEngine cpu = CpuEngine.CreateWithAllThreads(setup, threads, width);
            string what = $"trial {trial}: {setup.Shape} {activation} {optimizer}, batch {batch}, {train} rows, {width}, {threads} threads";
            Assert.True(TrainingTrial.Run(reference, setup, 1).AsSpan().SequenceEqual(TrainingTrial.Run(cpu, setup, 1)), what);

            // Any range of rows gives the same as the whole, and touches nothing else.
            int first = Below(test), end = first + Below(test - first + 1);
            var whole = new RowResults(test);
            var part = new RowResults(test);
            reference.Evaluate(SplitName.Test, .., whole);
            cpu.Evaluate(SplitName.Test, first..end, part);
            Assert.True(whole.Losses.AsSpan(first..end).SequenceEqual(part.Losses.AsSpan(first..end)), what);
            Assert.True(whole.Predictions.AsSpan(first..end).SequenceEqual(part.Predictions.AsSpan(first..end)), what);
            Assert.All(part.Losses[..first].Concat(part.Losses[end..]), loss => Assert.Equal(0f, loss));

            int Below(int bound) => random.Below(drawn++, bound);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Train_CanBeStoppedAtAnyMoment_AndNoThreadWaitsForAnother(int threads)
    {
        SplitSet data = TestData.Splits(600, 10, 60, 10);
        var setup = new TrainingSetup(new MlpShape(60, 64, 32, 10), new Relu(), new Sgd { Lr = 0.1 }, data, 300);
        using IEngine engine = CpuEngine.CreateWithAllThreads(setup, threads);
        var results = new RowResults(600);
        var plan = new EpochPlan([.. Enumerable.Range(0, 600)], 1, 0, _ => 0.1);
        int stopped = 0;
        for (int trial = 0; trial < 60; trial++)
        {
            using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(trial % 6));
            try
            {
                // On a busy machine the timer's thread may be late; it comes.
                for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromMinutes(1);)
                {
                    engine.Train(plan, .., results, source.Token);
                    engine.Evaluate(SplitName.Train, .., results, source.Token);
                }
            }
            catch (OperationCanceledException)
            {
                stopped++;
            }
        }
        Assert.Equal(60, stopped);
    }
}
