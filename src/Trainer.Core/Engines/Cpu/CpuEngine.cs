using Trainer.Formulas;
using Trainer.Optimizers;

namespace Trainer.Engines.Cpu;

/// <summary>The engine for processors: vectors over outputs, threads over rows and weights, never over a sum.</summary>
public static class CpuEngine
{
    /// <summary>An engine for <paramref name="setup"/>.</summary>
    /// <param name="setup">What to train.</param>
    /// <param name="threads">How many threads; 0 for one per core.</param>
    /// <param name="width">The vector width; the widest of this machine unless given.</param>
    /// <exception cref="ArgumentException">The setup contradicts itself, or the number of threads is negative.</exception>
    public static IEngine Create(TrainingSetup setup, int threads = 0, VectorWidth? width = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        int team = threads == 0 ? Environment.ProcessorCount : threads;
        return Create(setup, team, ThreadCount.For(setup.Shape, setup.BatchSize, team), width);
    }

    /// <summary>The same, with all threads at work in training even where a step is not worth them.</summary>
    internal static IEngine CreateWithAllThreads(TrainingSetup setup, int threads, VectorWidth? width = null) =>
        Create(setup, threads, threads, width);

    private static IEngine Create(TrainingSetup setup, int threads, int trainingThreads, VectorWidth? width) =>
        setup.Checked().Optimizer.Accept(new Builder(setup, threads, trainingThreads, width ?? VectorWidths.Best));

    private sealed class Builder(TrainingSetup setup, int threads, int trainingThreads, VectorWidth width) : IUpdateRuleVisitor<IEngine>
    {
        public IEngine Visit<TRule>(TRule rule)
            where TRule : struct, IUpdateRule => width switch
            {
                VectorWidth.Bits512 => new CpuEngine<Lanes512, TRule>(setup, rule, threads, trainingThreads),
                VectorWidth.Bits256 => new CpuEngine<Lanes256, TRule>(setup, rule, threads, trainingThreads),
                VectorWidth.Bits128 => new CpuEngine<Lanes128, TRule>(setup, rule, threads, trainingThreads),
                VectorWidth.Scalar => new CpuEngine<Scalar, TRule>(setup, rule, threads, trainingThreads),
                _ => throw new ArgumentOutOfRangeException(nameof(width), width, null),
            };
    }
}
