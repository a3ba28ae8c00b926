using Trainer.Activations;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Networks;
using Trainer.Optimizers;

namespace Trainer.Tests.Engines;

/// <summary>
/// A step of training allocates 0 bytes and so does an evaluation, on all threads together, by the runtime's own counter.
/// Runs alone, as the runtime counts for the whole process.
/// </summary>
/// <remarks>
/// The test host's threads are in that process too and allocate now and then (168 bytes, also while this thread does nothing
/// but sleep), and the first wait at an event makes its lock (24 bytes). In a process of its own with the same engine, 120
/// calls on 1 to 8 threads counted 0 bytes each. So a call is repeated until one counts nothing at all: an object a step
/// would show in every one of them.
/// </remarks>
[Collection(nameof(Alone))]
public class AllocationTests
{
    private const int Rows = 1600;
    private const int MostCalls = 100;

    // Lists of each layer's vectors, 160 bytes; the room of a gradient over 1600 rows is about a megabyte.
    private const int MostOfAGradient = 1000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void StepsAndEvaluations_AllocateNothing(int threads)
    {
        // 95 steps, the last one short.
        TrainingSetup setup = Setup(new Sigmoid(), new Adam { Lr = 0.001 }, batch: 17);
        using IEngine engine = CpuEngine.CreateWithAllThreads(setup, threads);
        var plan = new EpochPlan([.. Enumerable.Range(0, Rows)], setup.BatchSize, 0, _ => 0.001);
        var results = new RowResults(Rows);
        Assert.Equal(0, FewestAllocated(() => engine.Train(plan, .., results)));
        Assert.Equal(0, FewestAllocated(() => engine.Train(plan, 7..11, results)));
        Assert.Equal(0, FewestAllocated(() => engine.Evaluate(SplitName.Train, .., results)));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("all but average")]
    public void Gradients_OfAsManyRowsAsBefore_TakeNoRoomAnew(string feature)
    {
        TrainingSetup setup = Setup(new Relu(), new Sgd { Lr = 0.1 }, batch: 17);
        setup = feature == "plain" ? setup : FeatureList.With(feature, setup);
        using IEngine engine = CpuEngine.Create(setup, 1);
        int[] rows = [.. Enumerable.Range(0, Rows)];
        float[] gradient = new float[setup.Shape.ParameterCount];
        Assert.InRange(FewestAllocated(() => engine.Gradient(rows, gradient)), 0, MostOfAGradient);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void PlainSteps_AllocateNothing(int threads)
    {
        TrainingSetup setup = Setup(new Relu(), new Sgd { Lr = 0.1 }, batch: 64);
        using IEngine engine = CpuEngine.CreateWithAllThreads(setup, threads);
        var plan = new EpochPlan([.. Enumerable.Range(0, Rows)], setup.BatchSize, 0, _ => 0.1);
        var results = new RowResults(Rows);
        Assert.Equal(0, FewestAllocated(() => engine.Train(plan, .., results)));
    }

    [Theory]
    [InlineData("dropout", 2)]
    [InlineData("all but normalisation", 1)]
    [InlineData("all but normalisation", 3)]
    [InlineData("all but average", 1)]
    [InlineData("all but average", 3)]
    public void StepsWithEveryFeature_AllocateNothing(string feature, int threads)
    {
        TrainingSetup setup = FeatureList.With(feature, Setup(new Relu(), new Adam { Lr = 0.001 }, batch: 17));
        using IEngine engine = CpuEngine.CreateWithAllThreads(setup, threads);
        var plan = new EpochPlan([.. Enumerable.Range(0, Rows)], setup.BatchSize, 0, _ => 0.001);
        var results = new RowResults(Rows);
        Assert.Equal(0, FewestAllocated(() => engine.Train(plan, .., results)));
        Assert.Equal(0, FewestAllocated(() => engine.Evaluate(SplitName.Train, .., results)));
    }

    [Fact]
    public void TheCounter_SeesOneObjectOnAnotherThread()
    {
        object? kept = null;
        using var team = new ThreadTeam(2);
        long bytes = FewestAllocated(() => team.Run(thread => kept = thread == 1 ? new object() : kept, team.Size));
        Assert.NotNull(kept);
        // The object, and the delegate that makes it.
        Assert.InRange(bytes, 24, 200);
    }

    private static TrainingSetup Setup(Activation activation, Optimizer optimizer, int batch) =>
        new(new MlpShape(49, 32, 10), activation, optimizer, TestData.Splits(Rows, 10, 49, 10), batch);

    private static long FewestAllocated(Action action)
    {
        long fewest = long.MaxValue;
        for (int call = 0; call < MostCalls && fewest > 0; call++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            action();
            fewest = Math.Min(fewest, GC.GetTotalAllocatedBytes(precise: true) - before);
        }
        return fewest;
    }

    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public class Alone;
}
