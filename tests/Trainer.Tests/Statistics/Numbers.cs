using Trainer.Randomness;

namespace Trainer.Tests.Statistics;

/// <summary>Numbers to test statistics on.</summary>
internal static class Numbers
{
    public static readonly double[] Relu = [0.8536, 0.8468, 0.8685, 0.8721, 0.8602, 0.8455, 0.8667];
    public static readonly double[] Momentum = [0.8615, 0.8572, 0.8585, 0.8701, 0.8650, 0.8599, 0.8702];
    public static readonly double[] Sigmoid = [0.7952, 0.7971, 0.812, 0.8055, 0.801];

    public static double[] Differences => [.. Relu.Zip(Momentum, (a, b) => a - b)];

    /// <summary>Accuracies on 10,000 images, close together so that equal sums are common.</summary>
    public static double[] Accuracies(int count, uint which)
    {
        var random = new Philox(11, RandomStream.Permutation, which);
        return [.. Enumerable.Range(0, count).Select(i => (8500 + random.Below((ulong)i, 12)) / 10_000.0)];
    }
}
