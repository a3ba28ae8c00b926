using System.Reflection;
using System.Runtime.CompilerServices;

namespace Trainer.Configuration;

/// <summary>Checks that configuration accessors make; the limits come from the property's <see cref="BoundsAttribute"/>.</summary>
public static class Guard
{
    /// <summary>Returns <paramref name="value"/> when it lies in the bounds of <typeparamref name="TOwner"/>'s property.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not; the message is fit for a user.</exception>
    public static double InBounds<TOwner>(double value, [CallerMemberName] string property = "")
    {
        BoundsAttribute bounds = BoundsOf<TOwner>(property);
        return bounds.Contains(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                null, FormattableString.Invariant($"must be {bounds}, not {value}"));
    }

    /// <summary>The same for a whole number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside the bounds.</exception>
    public static int InBounds<TOwner>(int value, [CallerMemberName] string property = "") =>
        (int)InBounds<TOwner>((double)value, property);

    /// <summary>The same for each element of a list.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An element lies outside the bounds.</exception>
    public static IReadOnlyList<T> InBounds<TOwner, T>(IReadOnlyList<T> values, [CallerMemberName] string property = "")
        where T : IConvertible
    {
        foreach (T value in values)
        {
            InBounds<TOwner>(value.ToDouble(null), property);
        }
        return values;
    }

    private static BoundsAttribute BoundsOf<TOwner>(string property) =>
        typeof(TOwner).GetProperty(property)?.GetCustomAttribute<BoundsAttribute>()
        ?? throw new InvalidOperationException($"{typeof(TOwner).Name}.{property} carries no {nameof(BoundsAttribute)}");
}
