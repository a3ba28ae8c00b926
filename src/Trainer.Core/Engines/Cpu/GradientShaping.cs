using Trainer.Networks;
using Trainer.Regularizers;

namespace Trainer.Engines.Cpu;

/// <summary>What is done to some parameters and their gradients in a step before the update rule.</summary>
/// <param name="Terms">Penalties, the bound of an element, and whether there is a decoupled decay.</param>
/// <param name="Decay">The share that the decoupled decay takes in this step.</param>
/// <param name="Factor">What the bound of the gradient's norm multiplies by in this step.</param>
internal readonly record struct GradientShaping(GradientTerms Terms, float Decay, float Factor)
{
    /// <summary>Nothing.</summary>
    public static GradientShaping None { get; } = new(default, 0, 1);

    /// <summary>Whether nothing is done.</summary>
    public bool IsNone { get; } = Terms.AreNone && Factor == 1;

    /// <summary>What <paramref name="setup"/> asks for.</summary>
    /// <param name="setup">What is trained.</param>
    /// <param name="kind">Of which parameters.</param>
    /// <param name="lr">The learning rate of the step.</param>
    public static GradientShaping Of(TrainingSetup setup, ParameterKind kind, double lr)
    {
        GradientTerms terms = setup.Terms(kind);
        return new GradientShaping(terms, terms.Decay(lr), 1);
    }

    /// <summary>The same for a gradient that penalties and bounds are in already.</summary>
    public GradientShaping AfterTerms(float factor) =>
        new(new GradientTerms(0, 0, 0, Terms.WeightDecay), Decay, factor);
}
