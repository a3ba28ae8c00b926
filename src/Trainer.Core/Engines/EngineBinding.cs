using Trainer.Activations;
using Trainer.Optimizers;

namespace Trainer.Engines;

/// <summary>Asks a setup's activation and optimizer for their formulas, one inside the other.</summary>
internal static class EngineBinding
{
    /// <summary>Calls <paramref name="builder"/> with both formulas.</summary>
    public static IEngine Bind(TrainingSetup setup, IEngineBuilder builder) =>
        setup.Activation.Accept(new ActivationStep(setup.Optimizer, builder));

    private readonly struct ActivationStep(Optimizer optimizer, IEngineBuilder builder) : IActivationVisitor<IEngine>
    {
        public IEngine Visit<TFormula>(TFormula formula)
            where TFormula : struct, IActivationFormula =>
            optimizer.Accept(new RuleStep<TFormula>(formula, builder));
    }

    private readonly struct RuleStep<TFormula>(TFormula formula, IEngineBuilder builder) : IUpdateRuleVisitor<IEngine>
        where TFormula : struct, IActivationFormula
    {
        public IEngine Visit<TRule>(TRule rule)
            where TRule : struct, IUpdateRule =>
            builder.Build(formula, rule);
    }
}
