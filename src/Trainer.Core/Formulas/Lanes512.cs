using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trainer.Formulas;

/// <summary>Sixteen binary32 numbers side by side, in a vector of 512 bits.</summary>
/// <param name="Value">The numbers.</param>
public readonly unsafe record struct Lanes512(Vector512<float> Value) : ILanes<Lanes512>
{
    /// <inheritdoc/>
    public static int Count => Vector512<float>.Count;

    /// <inheritdoc/>
    public static Lanes512 Constant(double value) => new(Vector512.Create((float)value));

    /// <inheritdoc/>
    public static Lanes512 Broadcast(float value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    public static Lanes512 Load(float* source) => new(Vector512.Load(source));

    /// <inheritdoc/>
    public static void Store(Lanes512 value, float* destination) => value.Value.Store(destination);

    /// <inheritdoc/>
    public static Lanes512 operator +(Lanes512 left, Lanes512 right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    public static Lanes512 operator -(Lanes512 left, Lanes512 right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    public static Lanes512 operator -(Lanes512 value) => new(-value.Value);

    /// <inheritdoc/>
    public static Lanes512 operator *(Lanes512 left, Lanes512 right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    public static Lanes512 operator /(Lanes512 left, Lanes512 right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    public static Lanes512 FusedMultiplyAdd(Lanes512 left, Lanes512 right, Lanes512 addend) =>
        new(Vector512.FusedMultiplyAdd(left.Value, right.Value, addend.Value));

    /// <inheritdoc/>
    public static Lanes512 Sqrt(Lanes512 x) => new(Vector512.Sqrt(x.Value));

    /// <inheritdoc/>
    public static Lanes512 SelectGreater(Lanes512 left, Lanes512 right, Lanes512 ifGreater, Lanes512 otherwise) =>
        new(Vector512.ConditionalSelect(
            Vector512.GreaterThan(left.Value, right.Value), ifGreater.Value, otherwise.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Exp(Lanes512 x) => Elementary.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Log(Lanes512 x) => Elementary.Log(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Expm1(Lanes512 x) => Elementary.Expm1(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 NormalCdf(Lanes512 x) => Elementary.NormalCdf(x);

    /// <inheritdoc/>
    public static Lanes512 ShiftBitsToExponent(Lanes512 x) =>
        new((x.Value.AsInt32() << Binary32Bits.ExponentShift).AsSingle());

    /// <inheritdoc/>
    public static Lanes512 Exponent(Lanes512 x) => new(Vector512.ConvertToSingle(
        (x.Value.AsInt32() >> Binary32Bits.ExponentShift) - Vector512.Create(Binary32Bits.Bias)));

    /// <inheritdoc/>
    public static Lanes512 Significand(Lanes512 x) => new(
        ((x.Value.AsInt32() & Vector512.Create(Binary32Bits.FractionMask)) | Vector512.Create(Binary32Bits.One)).AsSingle());

    /// <inheritdoc/>
    public static Lanes512 MinBits(Lanes512 left, Lanes512 right) =>
        new(Vector512.Min(left.Value.AsInt32(), right.Value.AsInt32()).AsSingle());

    /// <inheritdoc/>
    public static bool HasNegativeZero(Lanes512 value) =>
        Vector512.EqualsAny(value.Value.AsInt32(), Vector512.Create(Binary32Bits.NegativeZero));

    /// <inheritdoc/>
    public static Lanes512 MaxMagnitude(Lanes512 magnitude, Lanes512 value) => new(Vector512.Max(
        magnitude.Value.AsInt32(), value.Value.AsInt32() & Vector512.Create(Binary32Bits.MagnitudeMask)).AsSingle());

    /// <inheritdoc/>
    public static bool AllFinite(Lanes512 value) => Vector512.LessThanAll(
        value.Value.AsInt32() & Vector512.Create(Binary32Bits.MagnitudeMask), Vector512.Create(Binary32Bits.Infinity));
}
