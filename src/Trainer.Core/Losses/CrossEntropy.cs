using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Losses;

/// <summary>
/// Softmax and cross-entropy: p_o = e^(z_o)/Σ e^z, loss = −Σ_o t_o·ln p_o, with t_o = 1 for the right class y and 0 for the
/// others; with label smoothing ε and O classes t_o = (1 − ε)·[o = y] + ε/O.
/// </summary>
/// <remarks>Smoothing: Szegedy et al., "Rethinking the inception architecture for computer vision" (CVPR 2016), section 7;
/// the form of PyTorch's <c>CrossEntropyLoss</c>. It is a means of training: the measured losses of a run are those without
/// it, so that runs compare.</remarks>
[ConfigName("cross_entropy")]
[Description("softmax and cross-entropy")]
public sealed record CrossEntropy : Loss
{
    /// <summary>ε, the part of the target that is spread evenly over all classes.</summary>
    [AddedLater]
    [Bounds(0, Binary32Range.BelowOne)]
    [Description("part of the target that is spread evenly over all classes while training; measured losses are without it")]
    public double LabelSmoothing { get; init => field = Guard.InBounds<CrossEntropy>(value); }
}
