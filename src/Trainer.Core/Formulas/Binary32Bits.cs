namespace Trainer.Formulas;

/// <summary>Where the parts of a binary32 number lie.</summary>
internal static class Binary32Bits
{
    /// <summary>Position of the exponent field.</summary>
    public const int ExponentShift = 23;

    /// <summary>What the exponent field holds for exponent 0.</summary>
    public const int Bias = 127;

    /// <summary>The bits of the fraction.</summary>
    public const int FractionMask = 0x7FFFFF;

    /// <summary>The bits of 1.0.</summary>
    public const int One = 0x3F800000;

    /// <summary>The bits of −0: the sign alone, the smallest of all whole numbers.</summary>
    public const int NegativeZero = int.MinValue;

    /// <summary>All bits but the sign.</summary>
    public const int MagnitudeMask = int.MaxValue;

    /// <summary>The bits of infinity; those of NaN, without the sign, are above.</summary>
    public const int Infinity = 0x7F800000;
}
