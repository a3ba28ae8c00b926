namespace Trainer.Activations;

/// <summary>What an engine does with an activation once it knows its formula's type.</summary>
/// <typeparam name="TResult">What comes of it.</typeparam>
public interface IActivationVisitor<out TResult>
{
    /// <summary>Called with the formula.</summary>
    TResult Visit<TFormula>(TFormula formula)
        where TFormula : struct, IActivationFormula;
}
