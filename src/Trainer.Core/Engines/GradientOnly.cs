using System.Runtime.CompilerServices;
using Trainer.Formulas;
using Trainer.Optimizers;

namespace Trainer.Engines;

/// <summary>The update rule that keeps the gradient itself, in the place of the parameter.</summary>
internal readonly struct GradientOnly : IUpdateRule
{
    /// <inheritdoc/>
    public static int StateCount => 0;

    /// <inheritdoc/>
    public StepScalars Scalars(double lr, long step) => default;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Update<T>(T w, T g, ref RuleState<T> state, StepScalars<T> step)
        where T : struct, IReal<T> => g;
}
