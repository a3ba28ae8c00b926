using Trainer.Formulas;

namespace Trainer.Activations;

/// <summary>An activation and its derivative, written once for every engine.</summary>
public interface IActivationFormula
{
    /// <summary>a = f(z).</summary>
    T Value<T>(T z)
        where T : struct, IReal<T>;

    /// <summary>f′(z), given z and a = f(z); use whichever makes it cheaper.</summary>
    T Derivative<T>(T z, T a)
        where T : struct, IReal<T>;
}
