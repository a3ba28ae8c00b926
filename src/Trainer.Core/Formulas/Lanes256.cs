using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trainer.Formulas;

/// <summary>Eight binary32 numbers side by side, in a vector of 256 bits.</summary>
/// <param name="Value">The numbers.</param>
public readonly unsafe record struct Lanes256(Vector256<float> Value) : ILanes<Lanes256>
{
    /// <inheritdoc/>
    public static int Count => Vector256<float>.Count;

    /// <inheritdoc/>
    public static Lanes256 Constant(double value) => new(Vector256.Create((float)value));

    /// <inheritdoc/>
    public static Lanes256 Broadcast(float value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    public static Lanes256 Load(float* source) => new(Vector256.Load(source));

    /// <inheritdoc/>
    public static void Store(Lanes256 value, float* destination) => value.Value.Store(destination);

    /// <inheritdoc/>
    public static Lanes256 operator +(Lanes256 left, Lanes256 right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    public static Lanes256 operator -(Lanes256 left, Lanes256 right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    public static Lanes256 operator -(Lanes256 value) => new(-value.Value);

    /// <inheritdoc/>
    public static Lanes256 operator *(Lanes256 left, Lanes256 right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    public static Lanes256 operator /(Lanes256 left, Lanes256 right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    public static Lanes256 FusedMultiplyAdd(Lanes256 left, Lanes256 right, Lanes256 addend) =>
        new(Vector256.FusedMultiplyAdd(left.Value, right.Value, addend.Value));

    /// <inheritdoc/>
    public static Lanes256 Sqrt(Lanes256 x) => new(Vector256.Sqrt(x.Value));

    /// <inheritdoc/>
    public static Lanes256 SelectGreater(Lanes256 left, Lanes256 right, Lanes256 ifGreater, Lanes256 otherwise) =>
        new(Vector256.ConditionalSelect(
            Vector256.GreaterThan(left.Value, right.Value), ifGreater.Value, otherwise.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Exp(Lanes256 x) => Elementary.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Log(Lanes256 x) => Elementary.Log(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Expm1(Lanes256 x) => Elementary.Expm1(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 NormalCdf(Lanes256 x) => Elementary.NormalCdf(x);

    /// <inheritdoc/>
    public static Lanes256 ShiftBitsToExponent(Lanes256 x) =>
        new((x.Value.AsInt32() << Binary32Bits.ExponentShift).AsSingle());

    /// <inheritdoc/>
    public static Lanes256 Exponent(Lanes256 x) => new(Vector256.ConvertToSingle(
        (x.Value.AsInt32() >> Binary32Bits.ExponentShift) - Vector256.Create(Binary32Bits.Bias)));

    /// <inheritdoc/>
    public static Lanes256 Significand(Lanes256 x) => new(
        ((x.Value.AsInt32() & Vector256.Create(Binary32Bits.FractionMask)) | Vector256.Create(Binary32Bits.One)).AsSingle());

    /// <inheritdoc/>
    public static Lanes256 MinBits(Lanes256 left, Lanes256 right) =>
        new(Vector256.Min(left.Value.AsInt32(), right.Value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    public static bool HasNegativeZero(Lanes256 value) =>
        Vector256.EqualsAny(value.Value.AsInt32(), Vector256.Create(Binary32Bits.NegativeZero));

    /// <inheritdoc/>
    public static Lanes256 MaxMagnitude(Lanes256 magnitude, Lanes256 value) => new(Vector256.Max(
        magnitude.Value.AsInt32(), value.Value.AsInt32() & Vector256.Create(Binary32Bits.MagnitudeMask)).AsSingle());

    /// <inheritdoc/>
    public static bool AllFinite(Lanes256 value) => Vector256.LessThanAll(
        value.Value.AsInt32() & Vector256.Create(Binary32Bits.MagnitudeMask), Vector256.Create(Binary32Bits.Infinity));
}
