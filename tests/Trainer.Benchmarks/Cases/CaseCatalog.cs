using Trainer.Failures;
using Trainer.Yaml;

namespace Trainer.Benchmarks.Cases;

/// <summary>All cases of the comparison.</summary>
internal static class CaseCatalog
{
    /// <summary>The case that <c>--quick</c> runs.</summary>
    public const string Quick = "sgd";

    /// <summary>In the order in which they are run: those that share images lie together.</summary>
    public static IReadOnlyList<BenchmarkCase> All { get; } =
    [
        Training(Quick, "hidden 128-64, ReLU, SGD, batch 64", new(), 5) with
        {
            Targets = Targets(null, (Peer.Pytorch, Target.Ratio(5)), (Peer.Numpy, Target.Ratio(2.1))),
        },
        Training("dense", "the same without a zero pixel", new(), 3.2) with
        {
            Images = ImageKind.Dense,
            Targets = Targets(Target.Share(0.7), (Peer.Pytorch, Target.Ratio(3.2)), (Peer.Numpy, Target.Ratio(2.1))),
        },
        Training("momentum", "with momentum", new() { Optimizer = TrainingCase.OptimizerCase.WithMomentum }, 3.2),
        Training("adam", "with Adam", new() { Optimizer = TrainingCase.OptimizerCase.Adam }, 4.5),
        Training("batch-32", "batch 32", new() { BatchSize = 32 }, 3.5),
        Training("batch-128", "batch 128", new() { BatchSize = 128 }, 2.7),
        Training("batch-512", "batch 512", new() { BatchSize = 512 }, 2.4),
        Training("three-hidden", "hidden 128-64-64", new() { Hidden = [128, 64, 64] }, 2),
        Training("wide", "hidden 1024-512", new() { Hidden = [1024, 512] }, 2),
        Training("narrow", "hidden 64", new() { Hidden = [64] }, 2),
        Training("sigmoid", "sigmoid", new() { Activation = "sigmoid" }, 2),
        Training("dropout", "with dropout 0.5", new() { Dropout = 0.5 }, 2.5) with { Peers = [Peer.Pytorch] },
        Training("batch-norm", "with batch normalisation", new() { BatchNorm = true }, 2.5) with { Peers = [Peer.Pytorch] },
        Training("batch-norm-dropout-adam", "with both, and Adam", new() { BatchNorm = true, Dropout = 0.5, Optimizer = TrainingCase.OptimizerCase.Adam }, 2.5) with { Peers = [Peer.Pytorch] },
        new()
        {
            Name = "threads",
            Title = "1 thread against all",
            Peers = [Peer.OursOnOneThread],
            Targets = Targets(null, (Peer.OursOnOneThread, Target.Ratio(1.7))),
        },
        new()
        {
            Name = "evaluation",
            Title = "evaluation of all rows",
            Kind = CaseKind.Evaluation,
            Images = ImageKind.Dense,
            Peers = [Peer.Pytorch, Peer.Numpy],
            Targets = Targets(Target.Share(0.8)),
        },
        Program("whole-run", "whole run of configs/relu.yaml", CaseKind.WholeRun) with
        {
            Peers = [Peer.Pytorch],
            Targets = Targets(null, (Peer.Pytorch, Target.Ratio(3.5))),
        },
        Program("sweep", "16 runs of configs/relu.yaml, two epochs each", CaseKind.Sweep) with
        {
            Peers = [Peer.OursSingly, Peer.Pytorch, Peer.PytorchSideBySide],
            Targets = Targets(
                null, (Peer.OursSingly, Target.Ratio(1.85)), (Peer.Pytorch, Target.Ratio(4)), (Peer.PytorchSideBySide, Target.Ratio(2.2))),
        },
        Program("memory", "memory of the same", CaseKind.Memory) with { Peers = [Peer.Pytorch], Targets = Targets(Target.AtMost(220)) },
        Program("first-step", "start to first step", CaseKind.FirstStep) with { Targets = Targets(Target.AtMost(0.5)) },
        Program("help", "trainer --help", CaseKind.Help) with { Targets = Targets(Target.AtMost(0.15)) },
    ];

    /// <summary>The cases with these names, in the catalogue's order.</summary>
    /// <param name="names">Names, separated by commas.</param>
    /// <exception cref="ConfigException">A name is not known.</exception>
    public static IReadOnlyList<BenchmarkCase> Named(string names) => Named(names, All);

    /// <summary>The same of another catalogue.</summary>
    public static IReadOnlyList<BenchmarkCase> Named(string names, IReadOnlyList<BenchmarkCase> catalogue)
    {
        string[] known = [.. catalogue.Select(item => item.Name)];
        string[] wanted = names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (wanted.Length == 0)
        {
            throw new ConfigException($"--cases: names no case; known: {string.Join(", ", known)}");
        }
        foreach (string name in wanted.Where(name => !known.Contains(name)))
        {
            throw new ConfigException($"--cases: '{name}' is not known{Suggestion.Ending(name, known)}");
        }
        return [.. catalogue.Where(item => wanted.Contains(item.Name))];
    }

    private static BenchmarkCase Training(string name, string title, TrainingCase training, double ratio) => new()
    {
        Name = name,
        Title = title,
        Training = training,
        Targets = Targets(null, (Peer.Pytorch, Target.Ratio(ratio))),
    };

    private static BenchmarkCase Program(string name, string title, CaseKind kind) => new()
    {
        Name = name,
        Title = title,
        Kind = kind,
        Peers = [],
    };

    private static Dictionary<string, Target> Targets(Target? ours, params ReadOnlySpan<(string Peer, Target Target)> peers)
    {
        var targets = new Dictionary<string, Target>();
        if (ours is not null)
        {
            targets[Peer.Ours] = ours;
        }
        foreach ((string peer, Target target) in peers)
        {
            targets[peer] = target;
        }
        return targets;
    }
}
