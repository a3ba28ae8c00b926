namespace Trainer.Formulas;

/// <summary>
/// One binary64 number. The formulas and the reference network run over it when a gradient is checked against finite
/// differences; it takes no part in training, so its exp and log may be the library's.
/// </summary>
/// <param name="Value">The number.</param>
public readonly record struct Binary64(double Value) : IScalarReal<Binary64>
{
    /// <inheritdoc/>
    public double ToDouble() => Value;

    /// <inheritdoc/>
    public static Binary64 Constant(double value) => new(value);

    /// <inheritdoc/>
    public static Binary64 operator +(Binary64 left, Binary64 right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    public static Binary64 operator -(Binary64 left, Binary64 right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    public static Binary64 operator -(Binary64 value) => new(-value.Value);

    /// <inheritdoc/>
    public static Binary64 operator *(Binary64 left, Binary64 right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    public static Binary64 operator /(Binary64 left, Binary64 right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    public static Binary64 FusedMultiplyAdd(Binary64 left, Binary64 right, Binary64 addend) =>
        new(Math.FusedMultiplyAdd(left.Value, right.Value, addend.Value));

    /// <inheritdoc/>
    public static Binary64 Sqrt(Binary64 x) => new(Math.Sqrt(x.Value));

    /// <inheritdoc/>
    public static Binary64 SelectGreater(Binary64 left, Binary64 right, Binary64 ifGreater, Binary64 otherwise) =>
        left.Value > right.Value ? ifGreater : otherwise;

    /// <inheritdoc/>
    public static Binary64 Exp(Binary64 x) => new(Math.Exp(x.Value));

    /// <inheritdoc/>
    public static Binary64 Log(Binary64 x) => new(Math.Log(x.Value));
}
