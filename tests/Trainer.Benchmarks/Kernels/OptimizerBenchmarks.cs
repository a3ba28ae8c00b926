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

    private Optimizer _optimizer = null!;

    /// <summary>The rule.</summary>
    [Params(
        "sgd", "momentum", "nesterov", "adam", "rmsprop", "rmsprop_momentum", "rmsprop_centered", "adagrad", "adamw", "adamax", "nadam", "radam",
        "adabelief", "lion")]
    public string Rule { get; set; } = "";

    /// <summary>Takes the rule.</summary>
    [GlobalSetup]
    public void Setup() => _optimizer = Rule switch
    {
        "sgd" => new Sgd { Lr = Rate },
        "momentum" => new Sgd { Lr = Rate, Momentum = 0.9 },
        "nesterov" => new Sgd { Lr = Rate, Momentum = 0.9, Nesterov = true },
        "adam" => new Adam { Lr = Rate },
        "rmsprop" => new RmsProp { Lr = Rate },
        "rmsprop_momentum" => new RmsProp { Lr = Rate, Momentum = 0.9 },
        "rmsprop_centered" => new RmsProp { Lr = Rate, Centered = true },
        "adagrad" => new Adagrad { Lr = Rate },
        "adamw" => new AdamW { Lr = Rate },
        "adamax" => new Adamax { Lr = Rate },
        "nadam" => new NAdam { Lr = Rate },
        "radam" => new RAdam { Lr = Rate },
        "adabelief" => new AdaBelief { Lr = Rate },
        "lion" => new Lion { Lr = Rate },
        _ => throw new InvalidOperationException(Rule),
    };

    /// <summary>One update.</summary>
    [Benchmark]
    public bool Update() => _optimizer.Accept(this);

    /// <inheritdoc/>
    public bool Visit<TRule>(TRule rule)
        where TRule : struct, IUpdateRule
    {
        FormulaLoop.Update(rule, _arrays, Rate, ++_step);
        return true;
    }
}
