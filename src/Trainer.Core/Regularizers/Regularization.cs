using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Regularizers;

/// <summary>
/// What keeps weights small. In the loss, λ₁·Σ|w| + λ₂/2·Σw², whose gradients λ₁·sign(w) + λ₂·w are added to that of the data;
/// decoupled, w ← (1 − η·λ)·w before the update rule; as a bound, each unit's incoming weights are scaled back to the length c
/// where they are longer after a step. Without <see cref="Biases"/> all but the bound apply to weights only.
/// </summary>
/// <remarks>Measured losses are those of the data alone. Decoupled decay: Loshchilov and Hutter, "Decoupled weight decay
/// regularization" (ICLR 2019). Max-norm: Srivastava et al. (JMLR 15, 2014), section 5.1.</remarks>
[Description("what keeps weights small")]
public sealed record Regularization : IValidated
{
    /// <summary>λ₁.</summary>
    [Bounds(0, Binary32Range.Largest)]
    [Description("lambda of lambda sum |w| in the loss; drives weights to 0")]
    public double L1 { get; init => field = Guard.InBounds<Regularization>(value); }

    /// <summary>λ₂.</summary>
    [Bounds(0, Binary32Range.Largest)]
    [Description("lambda of lambda/2 sum w^2 in the loss: what PyTorch's SGD calls weight_decay, but on weights only, and inside the gradient that is clipped")]
    public double L2 { get; init => field = Guard.InBounds<Regularization>(value); }

    /// <summary>λ.</summary>
    [Bounds(0, Binary32Range.Largest)]
    [Description("decoupled: each step first multiplies weights by 1 - lr weight_decay")]
    public double WeightDecay { get; init => field = Guard.InBounds<Regularization>(value); }

    /// <summary>Whether biases, and γ and β of batch normalisations, are treated as weights are.</summary>
    [Description("also apply l1, l2 and weight_decay to biases and to the parameters of a batch normalisation")]
    public bool Biases { get; init; }

    /// <summary>c.</summary>
    [Bounds(Binary32Range.Smallest, Binary32Range.Largest)]
    [Description("greatest Euclidean norm of a unit's incoming weights; null for no bound")]
    public double? MaxNorm { get; init => field = value is { } norm ? Guard.InBounds<Regularization>(norm) : null; }

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Problem)> Problems() => Biases && L1 == 0 && L2 == 0 && WeightDecay == 0
        ? [("biases", "are to be regularised, but l1, l2 and weight_decay are all 0; set one, or leave biases out")]
        : [];
}
