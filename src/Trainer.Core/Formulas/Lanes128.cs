using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trainer.Formulas;

/// <summary>Four binary32 numbers side by side, in a vector of 128 bits.</summary>
/// <param name="Value">The numbers.</param>
public readonly unsafe record struct Lanes128(Vector128<float> Value) : ILanes<Lanes128>
{
    /// <inheritdoc/>
    public static int Count => Vector128<float>.Count;

    /// <inheritdoc/>
    public static Lanes128 Constant(double value) => new(Vector128.Create((float)value));

    /// <inheritdoc/>
    public static Lanes128 Broadcast(float value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    public static Lanes128 Load(float* source) => new(Vector128.Load(source));

    /// <inheritdoc/>
    public static void Store(Lanes128 value, float* destination) => value.Value.Store(destination);

    /// <inheritdoc/>
    public static Lanes128 operator +(Lanes128 left, Lanes128 right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    public static Lanes128 operator -(Lanes128 left, Lanes128 right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    public static Lanes128 operator -(Lanes128 value) => new(-value.Value);

    /// <inheritdoc/>
    public static Lanes128 operator *(Lanes128 left, Lanes128 right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    public static Lanes128 operator /(Lanes128 left, Lanes128 right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    public static Lanes128 FusedMultiplyAdd(Lanes128 left, Lanes128 right, Lanes128 addend) =>
        new(Vector128.FusedMultiplyAdd(left.Value, right.Value, addend.Value));

    /// <inheritdoc/>
    public static Lanes128 Sqrt(Lanes128 x) => new(Vector128.Sqrt(x.Value));

    /// <inheritdoc/>
    public static Lanes128 SelectGreater(Lanes128 left, Lanes128 right, Lanes128 ifGreater, Lanes128 otherwise) =>
        new(Vector128.ConditionalSelect(
            Vector128.GreaterThan(left.Value, right.Value), ifGreater.Value, otherwise.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Exp(Lanes128 x) => Elementary.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Log(Lanes128 x) => Elementary.Log(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Expm1(Lanes128 x) => Elementary.Expm1(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 NormalCdf(Lanes128 x) => Elementary.NormalCdf(x);

    /// <inheritdoc/>
    public static Lanes128 ShiftBitsToExponent(Lanes128 x) =>
        new((x.Value.AsInt32() << Binary32Bits.ExponentShift).AsSingle());

    /// <inheritdoc/>
    public static Lanes128 Exponent(Lanes128 x) => new(Vector128.ConvertToSingle(
        (x.Value.AsInt32() >> Binary32Bits.ExponentShift) - Vector128.Create(Binary32Bits.Bias)));

    /// <inheritdoc/>
    public static Lanes128 Significand(Lanes128 x) => new(
        ((x.Value.AsInt32() & Vector128.Create(Binary32Bits.FractionMask)) | Vector128.Create(Binary32Bits.One)).AsSingle());

    /// <inheritdoc/>
    public static Lanes128 MinBits(Lanes128 left, Lanes128 right) =>
        new(Vector128.Min(left.Value.AsInt32(), right.Value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    public static bool HasNegativeZero(Lanes128 value) =>
        Vector128.EqualsAny(value.Value.AsInt32(), Vector128.Create(Binary32Bits.NegativeZero));

    /// <inheritdoc/>
    public static Lanes128 MaxMagnitude(Lanes128 magnitude, Lanes128 value) => new(Vector128.Max(
        magnitude.Value.AsInt32(), value.Value.AsInt32() & Vector128.Create(Binary32Bits.MagnitudeMask)).AsSingle());

    /// <inheritdoc/>
    public static bool AllFinite(Lanes128 value) => Vector128.LessThanAll(
        value.Value.AsInt32() & Vector128.Create(Binary32Bits.MagnitudeMask), Vector128.Create(Binary32Bits.Infinity));
}
