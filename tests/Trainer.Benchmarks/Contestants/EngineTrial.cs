using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Randomness;
using Trainer.Runs;

namespace Trainer.Benchmarks.Contestants;

/// <summary>An engine with an experiment in it, and nothing around: no files, no progress.</summary>
internal sealed class EngineTrial : IDisposable
{
    private readonly Experiment _experiment;
    private readonly TrainingSetup _setup;
    private readonly IEngine _engine;
    private readonly RowResults _results;
    private uint _epoch;
    private long _step;

    /// <summary>Builds the engine and gives it initial weights.</summary>
    /// <param name="experiment">What to train.</param>
    /// <param name="data">On what.</param>
    /// <param name="threads">On how many threads.</param>
    public EngineTrial(Experiment experiment, DataSet data, int threads)
    {
        _experiment = experiment;
        _setup = Run.Setup(experiment, data);
        _engine = CpuEngine.Create(_setup, threads);
        _results = new RowResults(Math.Max(_setup.Data.Train.Count, _setup.Data.Test.Count));
        float[] parameters = new float[_setup.Shape.ParameterCount];
        experiment.Model.Init.Fill(_setup.Shape, experiment.Seed, parameters);
        _engine.WriteParameters(parameters);
    }

    /// <summary>Trains on: a new order of the rows, and every step of it.</summary>
    public void Train(int epochs)
    {
        for (int k = 0; k < epochs; k++)
        {
            EpochPlan plan = NextPlan();
            Train(plan, 0..plan.StepCount);
        }
    }

    /// <summary>The plan of the next epoch.</summary>
    public EpochPlan NextPlan()
    {
        int[] order = new int[_setup.Data.Train.Count];
        new Philox(_experiment.Seed, RandomStream.Shuffle, ++_epoch).Permutation(order);
        var plan = new EpochPlan(order, _setup.BatchSize, _step, _ => _setup.Optimizer.Lr);
        _step += plan.StepCount;
        return plan;
    }

    /// <summary>Some steps of a plan.</summary>
    public void Train(EpochPlan plan, Range steps) => _engine.Train(plan, steps, _results);

    /// <summary>Measures all rows of a split.</summary>
    public RowResults Evaluate(SplitName split)
    {
        _engine.Evaluate(split, .._setup.Data[split].Count, _results);
        return _results;
    }

    /// <summary>Part of the test rows that were classified correctly.</summary>
    public double TestAccuracy(RowResults test) => test.Summarize(_setup.Data.Test).Accuracy;

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();
}
