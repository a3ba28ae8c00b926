namespace Trainer.Formulas;

/// <summary>
/// One binary64 number. The formulas and the reference network run over it when a gradient is checked against finite
/// differences; it takes no part in training, so its functions may be the library's.
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

    /// <inheritdoc/>
    /// <remarks>The rounding of u = eˣ is in ln u too, so (u − 1)/ln u is right where u − 1 alone is not (W. Kahan).</remarks>
    public static Binary64 Expm1(Binary64 x)
    {
        double u = Math.Exp(x.Value);
        return (u - 1) switch
        {
            0 => x,
            -1 or double.PositiveInfinity => new(u - 1),
            double above => new(above * x.Value / Math.Log(u)),
        };
    }

    /// <inheritdoc/>
    /// <remarks>½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …), and far to the left, where that has no digits left, Laplace's continued
    /// fraction φ(x)/(y + 1/(y + 2/(y + 3/…))), y = −x.</remarks>
    public static Binary64 NormalCdf(Binary64 x)
    {
        const double farLeft = -3;
        const int terms = 200;
        double z = x.Value;
        double density = Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
        if (density == 0)
        {
            return new(z < 0 ? 0 : 1);
        }
        if (z < farLeft)
        {
            double fraction = -z;
            for (int k = terms; k > 0; k--)
            {
                fraction = (k / fraction) - z;
            }
            return new(density / fraction);
        }
        if (z > -farLeft)
        {
            return new(1 - NormalCdf(-x).Value);
        }
        double term = z, sum = z;
        for (int k = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); k++)
        {
            term *= z * z / ((2 * k) + 1);
            sum += term;
        }
        return new(0.5 + (density * sum));
    }
}
