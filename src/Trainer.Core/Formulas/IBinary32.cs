namespace Trainer.Formulas;

/// <summary>A binary32 number, or several side by side, whose bits <see cref="Elementary"/> may take apart.</summary>
/// <typeparam name="T">The implementing type.</typeparam>
public interface IBinary32<T> : IReal<T>
    where T : struct, IBinary32<T>
{
    /// <summary>The bits of <paramref name="x"/>, shifted left by 23, as a number: what was in the low bits of the
    /// significand becomes the exponent field.</summary>
    static abstract T ShiftBitsToExponent(T x);

    /// <summary>⌊log₂ x⌋ for a positive normal x, from its exponent field.</summary>
    static abstract T Exponent(T x);

    /// <summary>x · 2^−<see cref="Exponent"/>, in [1, 2), for a positive normal x.</summary>
    static abstract T Significand(T x);
}
