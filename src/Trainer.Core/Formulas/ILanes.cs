namespace Trainer.Formulas;

/// <summary>
/// Binary32 numbers side by side, and how they come from memory and go back. A kernel written over it runs at every
/// vector width; <see cref="Scalar"/> is the width of one.
/// </summary>
/// <typeparam name="T">The implementing type.</typeparam>
public unsafe interface ILanes<T> : IBinary32<T>
    where T : struct, ILanes<T>
{
    /// <summary>How many numbers lie side by side.</summary>
    static abstract int Count { get; }

    /// <summary>Reads <see cref="Count"/> numbers.</summary>
    static abstract T Load(float* source);

    /// <summary>One number in every lane.</summary>
    static abstract T Broadcast(float value);

    /// <summary>Writes the <see cref="Count"/> numbers.</summary>
    static abstract void Store(T value, float* destination);

    /// <summary>Whichever of the two has the smaller bits, read as a signed whole number: −0 wins over everything.</summary>
    static abstract T MinBits(T left, T right);

    /// <summary>Whether a lane is −0.</summary>
    static abstract bool HasNegativeZero(T value);

    /// <summary>The greater of a magnitude and that of a value; infinity and NaN win over every number.</summary>
    /// <param name="magnitude">A result of this method, or 0: never negative.</param>
    /// <param name="value">Any value.</param>
    static abstract T MaxMagnitude(T magnitude, T value);

    /// <summary>Whether every lane is a number: neither infinite nor NaN.</summary>
    static abstract bool AllFinite(T value);
}
