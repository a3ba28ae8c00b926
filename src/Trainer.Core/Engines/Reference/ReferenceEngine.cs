using Trainer.Optimizers;

namespace Trainer.Engines.Reference;

/// <summary>The reference engine: naive loops in the order of the numerics contract, one thread, no vectors.</summary>
public static class ReferenceEngine
{
    /// <summary>Rows that are evaluated together.</summary>
    internal const int EvaluationRows = 64;

    /// <summary>An engine for <paramref name="setup"/>.</summary>
    /// <exception cref="ArgumentException">The setup contradicts itself.</exception>
    public static IEngine Create(TrainingSetup setup) => setup.Checked().Optimizer.Accept(new Builder(setup));

    private sealed class Builder(TrainingSetup setup) : IUpdateRuleVisitor<IEngine>
    {
        public IEngine Visit<TRule>(TRule rule)
            where TRule : struct, IUpdateRule => new ReferenceEngine<TRule>(setup, rule);
    }
}
