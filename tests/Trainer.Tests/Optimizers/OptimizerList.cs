using Trainer.Configuration;
using Trainer.Optimizers;

namespace Trainer.Tests.Optimizers;

/// <summary>
/// The optimizers that the tests of rules and engines go through: all that the registry has, as they are by default, and those whose
/// settings choose between formulas. A new one is among them by its file alone.
/// </summary>
internal static class OptimizerList
{
    /// <summary>The learning rate of all of them.</summary>
    public const double Rate = 0.01;

    /// <summary>All of them: the registered ones under their names, then the others.</summary>
    public static IReadOnlyList<(string Name, Optimizer Optimizer)> All { get; } =
    [
        .. Registry.Of<Optimizer>().Types.Select(type => (Registry.NameOf(type), Default(type))),
        ("sgd with momentum", new Sgd { Lr = Rate, Momentum = 0.9 }),
        ("sgd with nesterov", new Sgd { Lr = Rate, Momentum = 0.9, Nesterov = true }),
        ("sgd with dampening", new Sgd { Lr = Rate, Momentum = 0.9, Dampening = 0.3 }),
        ("rmsprop with momentum", new RmsProp { Lr = Rate, Momentum = 0.9 }),
        ("rmsprop centered", new RmsProp { Lr = Rate, Centered = true }),
        ("rmsprop centered with momentum", new RmsProp { Lr = Rate, Centered = true, Momentum = 0.8 }),
        ("adagrad with all settings", new Adagrad { Lr = Rate, LrDecay = 1e-5, InitialAccumulatorValue = 0.1 }),
        ("adam without bias correction", new Adam { Lr = Rate, BiasCorrection = false }),
        ("radam that rectifies soon", new RAdam { Lr = Rate, Betas = [0.8, 0.9] }),
        ("lion with weight decay", new Lion { Lr = Rate, WeightDecay = 0.5 }),
    ];

    /// <summary>Their names, for a theory.</summary>
    public static TheoryData<string> Names() => [.. All.Select(entry => entry.Name)];

    /// <summary>The one with this name.</summary>
    public static Optimizer Find(string name) => All[IndexOf(name)].Optimizer;

    /// <summary>Where the one with this name is in the list.</summary>
    public static int IndexOf(string name) => All.Index().Single(entry => entry.Item.Name == name).Index;

    private static Optimizer Default(Type type) => (Optimizer)Activator.CreateInstance(type)! with { Lr = Rate };
}
