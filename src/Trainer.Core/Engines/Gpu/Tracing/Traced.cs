using Trainer.Formulas;

namespace Trainer.Engines.Gpu.Tracing;

/// <summary>
/// A number that is not computed but written down: each operation on it becomes a statement of GPU source in the
/// <see cref="FormulaTrace"/> of this thread.
/// </summary>
/// <param name="Text">The number in the source: a variable, an argument or a constant.</param>
internal readonly record struct Traced(string Text) : IBinary32<Traced>
{
    /// <inheritdoc/>
    public static Traced Constant(double value) => FormulaTrace.Current.Constant((float)value);

    /// <inheritdoc/>
    public static Traced operator +(Traced left, Traced right) => Write($"{left.Text} + {right.Text}");

    /// <inheritdoc/>
    public static Traced operator -(Traced left, Traced right) => Write($"{left.Text} - {right.Text}");

    /// <inheritdoc/>
    public static Traced operator -(Traced value) => Write($"-{value.Text}");

    /// <inheritdoc/>
    public static Traced operator *(Traced left, Traced right) => Write($"{left.Text} * {right.Text}");

    /// <inheritdoc/>
    public static Traced operator /(Traced left, Traced right) => Write($"{left.Text} / {right.Text}");

    /// <inheritdoc/>
    public static Traced FusedMultiplyAdd(Traced left, Traced right, Traced addend) =>
        Write($"FMA({left.Text}, {right.Text}, {addend.Text})");

    /// <inheritdoc/>
    public static Traced Sqrt(Traced x) => Write($"SQRT({x.Text})");

    /// <inheritdoc/>
    public static Traced SelectGreater(Traced left, Traced right, Traced ifGreater, Traced otherwise) =>
        Write($"{left.Text} > {right.Text} ? {ifGreater.Text} : {otherwise.Text}");

    /// <inheritdoc/>
    public static Traced Exp(Traced x) => Write($"elementary_exp({x.Text})");

    /// <inheritdoc/>
    public static Traced Log(Traced x) => Write($"elementary_log({x.Text})");

    /// <inheritdoc/>
    public static Traced Expm1(Traced x) => Write($"elementary_expm1({x.Text})");

    /// <inheritdoc/>
    public static Traced NormalCdf(Traced x) => Write($"elementary_normal_cdf({x.Text})");

    /// <inheritdoc/>
    public static Traced ShiftBitsToExponent(Traced x) =>
        Write($"AS_FLOAT((uint)AS_INT({x.Text}) << {Binary32Bits.ExponentShift})");

    /// <inheritdoc/>
    public static Traced Exponent(Traced x) =>
        Write($"(float)((AS_INT({x.Text}) >> {Binary32Bits.ExponentShift}) - {Binary32Bits.Bias})");

    /// <inheritdoc/>
    public static Traced Significand(Traced x) =>
        Write($"AS_FLOAT((AS_INT({x.Text}) & 0x{Binary32Bits.FractionMask:x}) | 0x{Binary32Bits.One:x})");

    private static Traced Write(string expression) => FormulaTrace.Current.Write(expression);
}
