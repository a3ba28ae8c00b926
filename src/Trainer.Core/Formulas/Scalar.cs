using System.Runtime.CompilerServices;

namespace Trainer.Formulas;

/// <summary>One binary32 number: what the reference engine computes with, and the vector of one lane.</summary>
/// <param name="Value">The number.</param>
public readonly unsafe record struct Scalar(float Value) : ILanes<Scalar>, IScalarReal<Scalar>
{
    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public double ToDouble() => Value;

    /// <inheritdoc/>
    public static Scalar Constant(double value) => new((float)value);

    /// <inheritdoc/>
    public static Scalar Broadcast(float value) => new(value);

    /// <inheritdoc/>
    public static Scalar Load(float* source) => new(*source);

    /// <inheritdoc/>
    public static void Store(Scalar value, float* destination) => *destination = value.Value;

    /// <inheritdoc/>
    public static Scalar operator +(Scalar left, Scalar right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    public static Scalar operator -(Scalar left, Scalar right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    public static Scalar operator -(Scalar value) => new(-value.Value);

    /// <inheritdoc/>
    public static Scalar operator *(Scalar left, Scalar right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    public static Scalar operator /(Scalar left, Scalar right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    public static Scalar FusedMultiplyAdd(Scalar left, Scalar right, Scalar addend) =>
        new(MathF.FusedMultiplyAdd(left.Value, right.Value, addend.Value));

    /// <inheritdoc/>
    public static Scalar Sqrt(Scalar x) => new(MathF.Sqrt(x.Value));

    /// <inheritdoc/>
    public static Scalar SelectGreater(Scalar left, Scalar right, Scalar ifGreater, Scalar otherwise) =>
        left.Value > right.Value ? ifGreater : otherwise;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar Exp(Scalar x) => Elementary.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar Log(Scalar x) => Elementary.Log(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar Expm1(Scalar x) => Elementary.Expm1(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar NormalCdf(Scalar x) => Elementary.NormalCdf(x);

    /// <inheritdoc/>
    public static Scalar ShiftBitsToExponent(Scalar x) =>
        new(BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(x.Value) << Binary32Bits.ExponentShift));

    /// <inheritdoc/>
    public static Scalar Exponent(Scalar x) =>
        new((BitConverter.SingleToInt32Bits(x.Value) >> Binary32Bits.ExponentShift) - Binary32Bits.Bias);

    /// <inheritdoc/>
    public static Scalar Significand(Scalar x) => new(BitConverter.Int32BitsToSingle(
        (BitConverter.SingleToInt32Bits(x.Value) & Binary32Bits.FractionMask) | Binary32Bits.One));

    /// <inheritdoc/>
    public static Scalar MinBits(Scalar left, Scalar right) =>
        BitConverter.SingleToInt32Bits(left.Value) < BitConverter.SingleToInt32Bits(right.Value) ? left : right;

    /// <inheritdoc/>
    public static bool HasNegativeZero(Scalar value) =>
        BitConverter.SingleToInt32Bits(value.Value) == Binary32Bits.NegativeZero;

    /// <inheritdoc/>
    public static Scalar MaxMagnitude(Scalar magnitude, Scalar value) => new(BitConverter.Int32BitsToSingle(Math.Max(
        BitConverter.SingleToInt32Bits(magnitude.Value),
        BitConverter.SingleToInt32Bits(value.Value) & Binary32Bits.MagnitudeMask)));

    /// <inheritdoc/>
    public static bool AllFinite(Scalar value) => float.IsFinite(value.Value);
}
