using Trainer.Formulas;

namespace Trainer.Optimizers;

/// <summary><see cref="StepScalars"/> in the type that an engine computes with.</summary>
/// <typeparam name="T">The engine's number type.</typeparam>
/// <param name="Rate">See <see cref="StepScalars.Rate"/>.</param>
/// <param name="Correction">See <see cref="StepScalars.Correction"/>.</param>
/// <param name="Third">See <see cref="StepScalars.Third"/>.</param>
/// <param name="Fourth">See <see cref="StepScalars.Fourth"/>.</param>
public readonly record struct StepScalars<T>(T Rate, T Correction, T Third, T Fourth)
    where T : struct, IReal<T>
{
    /// <summary>The same numbers in <typeparamref name="T"/>.</summary>
    public static StepScalars<T> From(StepScalars scalars) => new(
        T.Constant(scalars.Rate), T.Constant(scalars.Correction), T.Constant(scalars.Third), T.Constant(scalars.Fourth));
}
