namespace Trainer.Formulas;

/// <summary>
/// What a formula may use. An activation or an update rule is written once, as a generic method over
/// <typeparamref name="T"/>; an engine supplies the type: one number, a vector of them, binary64 for the proofs.
/// </summary>
/// <remarks>
/// Every operation is the IEEE 754 one, rounded to nearest even, and a product is joined with a sum only where the
/// formula says <see cref="FusedMultiplyAdd"/>. That is why the same formula gives the same bits on every engine.
/// </remarks>
/// <typeparam name="T">The implementing type.</typeparam>
public interface IReal<T>
    where T : struct, IReal<T>
{
    /// <summary>The number nearest to <paramref name="value"/>.</summary>
    static abstract T Constant(double value);

    /// <summary>left + right.</summary>
    static abstract T operator +(T left, T right);

    /// <summary>left − right.</summary>
    static abstract T operator -(T left, T right);

    /// <summary>−value.</summary>
    static abstract T operator -(T value);

    /// <summary>left · right.</summary>
    static abstract T operator *(T left, T right);

    /// <summary>left / right.</summary>
    static abstract T operator /(T left, T right);

    /// <summary>left · right + addend, rounded once.</summary>
    static abstract T FusedMultiplyAdd(T left, T right, T addend);

    /// <summary>√x.</summary>
    static abstract T Sqrt(T x);

    /// <summary>left &gt; right ? ifGreater : otherwise; a comparison with NaN is false.</summary>
    static abstract T SelectGreater(T left, T right, T ifGreater, T otherwise);

    /// <summary>eˣ, by our own formula (<see cref="Elementary"/>) wherever bits are promised.</summary>
    static abstract T Exp(T x);

    /// <summary>ln x, by our own formula (<see cref="Elementary"/>) wherever bits are promised.</summary>
    static abstract T Log(T x);

    /// <summary>eˣ − 1 without loss near 0, by our own formula (<see cref="Elementary"/>) wherever bits are promised.</summary>
    static abstract T Expm1(T x);

    /// <summary>Φ(x) = ½·(1 + erf(x/√2)), by our own formula (<see cref="Elementary"/>) wherever bits are promised.</summary>
    static abstract T NormalCdf(T x);
}
