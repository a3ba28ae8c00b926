namespace Trainer.Formulas;

/// <summary>One number, not several side by side, so that code may branch on it.</summary>
/// <typeparam name="T">The implementing type.</typeparam>
public interface IScalarReal<T> : IReal<T>
    where T : struct, IScalarReal<T>
{
    /// <summary>The number in binary64, exactly.</summary>
    double ToDouble();
}
