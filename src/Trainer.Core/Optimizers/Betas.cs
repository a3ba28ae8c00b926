using System.Runtime.CompilerServices;
using Trainer.Configuration;

namespace Trainer.Optimizers;

/// <summary>β₁ and β₂, which decay the two averages of the rules of Adam's family.</summary>
internal static class Betas
{
    /// <summary>Returns <paramref name="values"/> when they are two and lie in the bounds of <typeparamref name="TOwner"/>'s property.</summary>
    /// <exception cref="ArgumentException">They are not; the message is fit for a user.</exception>
    public static IReadOnlyList<double> Checked<TOwner>(IReadOnlyList<double> values, [CallerMemberName] string property = "") =>
        Guard.InBounds<TOwner, double>(values, property).Count == 2
            ? values
            : throw new ArgumentException($"must be two numbers, as in [0.9, 0.999], not {values.Count}");
}
