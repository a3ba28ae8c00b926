using Trainer.Activations;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Networks;
using Trainer.Optimizers;

namespace Trainer.Tests.Engines;

/// <summary>A step allocates nothing, on any thread. Runs alone, as the runtime counts for the whole process.</summary>
[Collection(nameof(Alone))]
public class AllocationTests
{
    private const long SmallestObject = 24;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Train_AllocatesNothingPerStep(int threads)
    {
        SplitSet data = TestData.Splits(6400, 10, 49, 10);
        var setup = new TrainingSetup(new MlpShape(49, 32, 10), new Sigmoid(), new Adam { Lr = 0.001 }, data, 16);
        using IEngine engine = CpuEngine.Create(setup, threads);
        var plan = new EpochPlan([.. Enumerable.Range(0, 6400)], 16, 0, _ => 0.001);
        var results = new RowResults(6400);
        engine.Train(plan, .., results);
        // What a call costs varies with the runtime's own business, such as putting a thread to sleep; an object a step would
        // cost 24 bytes each at the least.
        long few = Enumerable.Range(0, 5).Min(_ => Allocated(() => engine.Train(plan, ..1, results)));
        long many = Enumerable.Range(0, 5).Min(_ => Allocated(() => engine.Train(plan, .., results)));
        Assert.InRange(many - few, long.MinValue, (SmallestObject * plan.StepCount) - 1);

        static long Allocated(Action action)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            action();
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        }
    }

    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public class Alone;
}
