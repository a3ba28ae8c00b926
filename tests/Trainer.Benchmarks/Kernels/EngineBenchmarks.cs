using BenchmarkDotNet.Attributes;
using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Contestants;
using Trainer.Data;
using Trainer.Engines;

namespace Trainer.Benchmarks.Kernels;

/// <summary>A hundred steps, and an evaluation, of 784-128-64-10.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class EngineBenchmarks
{
    private const int Steps = 100;
    private const int TestRows = 10_000;

    private EngineTrial _trial = null!;
    private EpochPlan _plan = null!;

    /// <summary>Rows in a step.</summary>
    [Params(64, 512)]
    public int BatchSize { get; set; }

    /// <summary>Threads of the engine.</summary>
    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; }

    /// <summary>One, and one a core.</summary>
    public static IEnumerable<int> ThreadCounts => new[] { 1, Environment.ProcessorCount }.Distinct();

    /// <summary>Builds the engine.</summary>
    [GlobalSetup]
    public void Setup()
    {
        TrainingCase training = new() { BatchSize = BatchSize, Optimizer = new TrainingCase.OptimizerCase("sgd", 1e-3) };
        _trial = new EngineTrial(training.ToExperiment(), RandomImages.Of(Steps * BatchSize, TestRows), Threads);
        _plan = _trial.NextPlan();
    }

    /// <summary>Ends the engine's threads.</summary>
    [GlobalCleanup]
    public void Cleanup() => _trial.Dispose();

    /// <summary>A hundred steps of training.</summary>
    [Benchmark]
    public void HundredSteps() => _trial.Train(_plan, ..Steps);

    /// <summary>Loss and prediction of 10,000 rows.</summary>
    [Benchmark]
    public void Evaluation() => _trial.Evaluate(SplitName.Test);
}
