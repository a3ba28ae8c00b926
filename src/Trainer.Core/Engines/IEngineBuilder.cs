using Trainer.Activations;
using Trainer.Optimizers;

namespace Trainer.Engines;

/// <summary>Makes an engine once the types of its formulas are known, so that its loops are compiled for them alone.</summary>
public interface IEngineBuilder
{
    /// <summary>Makes the engine.</summary>
    IEngine Build<TActivation, TRule>(TActivation activation, TRule rule)
        where TActivation : struct, IActivationFormula
        where TRule : struct, IUpdateRule;
}
