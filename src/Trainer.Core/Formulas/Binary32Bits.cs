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
}
