using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Regularizers;

/// <summary>
/// A bound on the gradient, penalties included, before the update rule: each element to ±<see cref="Value"/>; or the whole,
/// g ← g·min(1, c/(‖g‖ + 10⁻⁶)), with c = <see cref="Norm"/>.
/// </summary>
/// <remarks>PyTorch's <c>clip_grad_value_</c> and <c>clip_grad_norm_</c>. Pascanu, Mikolov and Bengio, "On the difficulty of
/// training recurrent neural networks" (ICML 2013), algorithm 1.</remarks>
[Description("a bound on the gradient")]
public sealed record GradientClipping : IValidated
{
    /// <summary>c.</summary>
    [Bounds(Binary32Range.Smallest, Binary32Range.Largest)]
    [Description("greatest Euclidean norm of the whole gradient; a longer one is scaled down")]
    public double? Norm { get; init => field = value is { } norm ? Guard.InBounds<GradientClipping>(norm) : null; }

    /// <summary>Greatest magnitude of an element.</summary>
    [Bounds(Binary32Range.Smallest, Binary32Range.Largest)]
    [Description("greatest magnitude of an element; a greater one is cut off")]
    public double? Value { get; init => field = value is { } bound ? Guard.InBounds<GradientClipping>(bound) : null; }

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Problem)> Problems() => (Norm, Value) switch
    {
        (null, null) => [("norm", "how is the gradient bounded? give norm or value, e.g. 'norm: 1'")],
        ({ }, { }) => [("value", "and norm both bound the gradient; remove one of them")],
        _ => [],
    };
}
