using System.Globalization;

namespace Trainer.Benchmarks.Cases;

/// <summary>The cases of the GPU benchmark.</summary>
internal static class GpuCaseCatalog
{
    /// <summary>The case that the targets are about, and that <c>--quick</c> runs.</summary>
    public const string Main = "128-64-sgd-64";

    /// <summary>The same network, several of it at a time.</summary>
    public const string MainSideBySide = "128-64-side-by-side";

    private const int BatchSideBySide = 64;

    private static readonly int[] QuickNetworks = [2, 4];
    private static readonly int[] Batches = [32, 64, 128, 256, 512, 1024, 4096];
    private static readonly int[][] Nets = [[128, 64], [128, 64, 64]];

    private static readonly (string Name, TrainingCase.OptimizerCase Rule)[] Rules =
    [
        ("sgd", TrainingCase.OptimizerCase.Sgd), ("momentum", TrainingCase.OptimizerCase.WithMomentum), ("adam", TrainingCase.OptimizerCase.Adam),
    ];

    /// <summary>How many networks are trained at a time.</summary>
    public static IReadOnlyList<int> Networks { get; } = [1, 2, 4, 8, 16, 32, 64];

    /// <summary>One network: every size with every rule at every batch.</summary>
    public static IReadOnlyList<BenchmarkCase> Trainings { get; } =
    [
        .. from hidden in Nets
           from rule in Rules
           from batch in Batches
           select new BenchmarkCase
           {
               Name = $"{Text(hidden)}-{rule.Name}-{Text(batch)}",
               Title = $"hidden {Text(hidden)}, {rule.Name}, batch {Text(batch)}",
               OnGpu = true,
               Training = new TrainingCase { Hidden = hidden, Optimizer = rule.Rule, BatchSize = batch },
               Peers = [Peer.NoRows, Peer.HostAlone, Peer.PytorchEager, Peer.PytorchGraphs],
           },
    ];

    /// <summary>Several networks at a time; our own line is one network's.</summary>
    public static IReadOnlyList<BenchmarkCase> SideBySide { get; } =
    [
        .. from hidden in Nets
           select new BenchmarkCase
           {
               Name = $"{Text(hidden)}-side-by-side",
               Title = $"hidden {Text(hidden)}, SGD, batch {Text(BatchSideBySide)}, side by side",
               OnGpu = true,
               Training = new TrainingCase { Hidden = hidden, BatchSize = BatchSideBySide },
               Peers = [.. Networks.Where(count => count > 1).Select(Peer.Networks)],
           },
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BenchmarkCase> All { get; } = [.. Trainings, .. SideBySide];

    /// <summary>What <c>--quick</c> runs: that everything works takes no more.</summary>
    public static IReadOnlyList<BenchmarkCase> Quick { get; } =
    [
        Trainings.First(item => item.Name == Main),
        SideBySide.First(item => item.Name == MainSideBySide) with { Peers = [.. QuickNetworks.Select(Peer.Networks)] },
    ];

    /// <summary>Whether a case is about several networks at a time.</summary>
    public static bool IsSideBySide(BenchmarkCase item) => SideBySide.Any(other => other.Name == item.Name);

    /// <summary>How many networks a contestant is; null where it is not named by that.</summary>
    public static int? NetworksOf(string contestant) => Networks.Where(count => Peer.Networks(count) == contestant).Cast<int?>().FirstOrDefault();

    private static string Text(int[] hidden) => string.Join('-', hidden.Select(Text));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
