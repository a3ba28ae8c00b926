using Trainer.Networks;

namespace Trainer.Engines.Cpu;

/// <summary>How many threads a step is worth.</summary>
internal static class ThreadCount
{
    // Two or three barriers cost a thread about a microsecond; at 50 multiply-adds in a nanosecond it should have several
    // times that to do between them.
    private const long ProductsPerThread = 200_000;

    /// <summary>As many of <paramref name="threads"/> threads as have something to do in a step; decided by the shape alone.</summary>
    public static int For(MlpShape shape, int batchSize, int threads)
    {
        long products = 3L * batchSize * shape.Layers.Sum(layer => (long)layer.Inputs * layer.Outputs);
        return (int)Math.Clamp(products / ProductsPerThread, 1, threads);
    }
}
