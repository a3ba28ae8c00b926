using Trainer.Formulas;

namespace Trainer.Optimizers;

/// <summary>
/// An update rule, written once for every engine: the new value of one parameter from its gradient and up to
/// three numbers of state, which start at 0.
/// </summary>
public interface IUpdateRule
{
    /// <summary>How many numbers of state each parameter has: 0 to <see cref="RuleState{T}.Most"/>.</summary>
    static abstract int StateCount { get; }

    /// <summary>What is the same for all parameters of one step, in binary64, rounded once.</summary>
    /// <param name="lr">The learning rate of this step.</param>
    /// <param name="step">The number of this step, from 1.</param>
    StepScalars Scalars(double lr, long step);

    /// <summary>The new parameter.</summary>
    /// <param name="w">The parameter.</param>
    /// <param name="g">Its gradient.</param>
    /// <param name="state">Its state, read and written.</param>
    /// <param name="step">What <see cref="Scalars"/> gave, in the engine's type.</param>
    T Update<T>(T w, T g, ref RuleState<T> state, StepScalars<T> step)
        where T : struct, IReal<T>;
}
