using BenchmarkDotNet.Attributes;
using Trainer.Optimizers;

namespace Trainer.Benchmarks.Kernels;

/// <summary>One update of the parameters of 784-128-64-10, on one thread.</summary>
public class OptimizerBenchmarks : IUpdateRuleVisitor<bool>
{
    // 109,386 of them, rounded up to whole vectors.
    private const int Parameters = 109_392;
    private const double Rate = 1e-3;

    private readonly UpdateArrays _arrays = new(Parameters);
    private long _step;

    /// <summary>The rule.</summary>
    [ParamsSource(nameof(Rules))]
    public Optimizer Rule { get; set; } = null!;

    /// <summary>One of each.</summary>
    public static IEnumerable<Optimizer> Rules =>
    [
        new Sgd { Lr = Rate },
        new Sgd { Lr = Rate, Momentum = 0.9 },
        new Sgd { Lr = Rate, Momentum = 0.9, Nesterov = true },
        new Adam { Lr = Rate },
    ];

    /// <summary>One update.</summary>
    [Benchmark]
    public bool Update() => Rule.Accept(this);

    /// <inheritdoc/>
    public bool Visit<TRule>(TRule rule)
        where TRule : struct, IUpdateRule
    {
        FormulaLoop.Update(rule, _arrays, Rate, ++_step);
        return true;
    }
}
