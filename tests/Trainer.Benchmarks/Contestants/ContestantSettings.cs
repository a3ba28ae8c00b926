using System.Globalization;
using Trainer.Benchmarks.Cases;

namespace Trainer.Benchmarks.Contestants;

/// <summary>Every way in which each contestant is tried: a peer is judged by its best.</summary>
internal static class ContestantSettings
{
    private const string OpenBlas = "OPENBLAS_NUM_THREADS";
    private const string Torch = "TORCH_NUM_THREADS";

    /// <summary>The settings of <paramref name="peer"/>, the safest first.</summary>
    /// <param name="peer">Who.</param>
    /// <param name="python">The interpreter for those who need one.</param>
    /// <param name="script">The peer's program in scripts/bench, when it is not the usual one.</param>
    /// <param name="arguments">What the program is given.</param>
    public static IEnumerable<ContestantSetting> Of(
        string peer, string python, string? script = null, params IReadOnlyList<string> arguments) => peer switch
        {
            Peer.Ours => [Ours(peer, Environment.ProcessorCount)],
            Peer.OursOnOneThread => [Ours(peer, 1)],
            Peer.Pytorch =>
                from torch in ThreadCounts()
                from blas in ThreadCounts()
                select Python(
                    peer, $"OpenBLAS {Threads(blas)}, PyTorch {Threads(torch)}", python, script ?? "pytorch.py", arguments,
                    new() { [OpenBlas] = Text(blas), [Torch] = Text(torch) }),
            Peer.PytorchSideBySide => [Python(
                peer, $"{Environment.ProcessorCount} processes", python, script ?? "pytorch.py", arguments,
                new() { [OpenBlas] = Text(1), [Torch] = Text(1) })],
            Peer.PytorchEager => [Python(peer, "eager", python, "pytorch_gpu.py", ["eager", .. arguments], [])],
            Peer.PytorchGraphs => [Python(peer, "CUDA graphs", python, "pytorch_gpu.py", ["graphs", .. arguments], [])],
            _ =>
                from blas in ThreadCounts()
                select Python(
                    peer, $"OpenBLAS {Threads(blas)}", python, peer == Peer.Numpy ? "numpy_mlp.py" : "sklearn_mlp.py", arguments,
                    new() { [OpenBlas] = Text(blas) }),
        };

    /// <summary>One, and one a core.</summary>
    private static int[] ThreadCounts() => [.. new[] { 1, Environment.ProcessorCount }.Distinct()];

    private static ContestantSetting Ours(string peer, int threads) => new(
        peer, Threads(threads), Environment.ProcessPath!,
        [.. OwnProgram(), "contestant", "--threads", Text(threads)], new Dictionary<string, string>());

    /// <summary>This program again: by its own executable, or by the dotnet that it was started with.</summary>
    private static string[] OwnProgram() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(ContestantSettings).Assembly.Location] : [];

    private static ContestantSetting Python(
        string peer, string setting, string python, string script, IReadOnlyList<string> arguments, Dictionary<string, string> environment) =>
        new(peer, setting, python, [Repository.In("scripts", "bench", script), .. arguments], environment);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Threads(int count) => count == 1 ? "1 thread" : $"{Text(count)} threads";
}
