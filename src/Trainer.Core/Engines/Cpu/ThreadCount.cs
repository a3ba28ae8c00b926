using Trainer.Networks;

namespace Trainer.Engines.Cpu;

/// <summary>How many threads a step is worth.</summary>
internal static class ThreadCount
{
    // Meeting three times a step, and fetching from another core's cache what it wrote, costs more than half of less
    // than this: 784-128-64-10 with 2 rows a step took 0.78 s an epoch on one thread of a Zen 4 and 0.99 s on two, with
    // 4 rows 0.50 s and 0.42 s; a linear classifier 0.12 s and 0.13 s with 8 rows, 0.085 s and 0.080 s with 32.
    private const long ProductsPerThread = 500_000;

    /// <summary>As many of <paramref name="threads"/> threads as have something to do in a step; decided by sizes, never by the clock.</summary>
    public static int For(MlpShape shape, int batchSize, int threads)
    {
        long products = 3L * batchSize * shape.Layers.Sum(layer => (long)layer.Inputs * layer.Outputs);
        return (int)Math.Clamp(products / ProductsPerThread, 1, threads);
    }
}
