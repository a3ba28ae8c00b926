using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Optimizers;

/// <summary>
/// Gradient descent with backtracking: w ← w − t·g, where t starts at t₀ in every step and is multiplied by β until
/// f(w − t·g) ≤ f(w) − α·t·‖g‖², with f the mean loss over all training rows.
/// </summary>
/// <remarks>
/// Boyd and Vandenberghe, "Convex Optimization" (2004), algorithm 9.2 with Δx = −∇f, in algorithm 9.3. Beyond the book, the
/// loss also has to fall: where α·t·‖g‖² is lost in rounding, the inequality alone would accept a step that leads nowhere.
/// Where M bounds the curvature along the line, every t ≤ 2(1 − α)/M satisfies the inequality, so at most
/// 1 + ⌈log(t₀·M/(2(1 − α))) / log(1/β)⌉ sizes are tried (one where the logarithm is negative).
/// </remarks>
[ConfigName("line_search")]
[Description("gradient descent over all rows at once, each step as long as a backtracking line search finds")]
public sealed record LineSearch : DescentMethod
{
    /// <summary>α, the share of the fall that the slope promises which a step has to bring.</summary>
    [Bounds(0, 0.5, ExclusiveMinimum = true, ExclusiveMaximum = true)]
    [Description("share of the fall that the slope promises which a step has to bring")]
    public double Alpha { get; init => field = Guard.InBounds<LineSearch>(value); } = 0.3;

    /// <summary>β, by which a step that is too long is shortened.</summary>
    [Bounds(0, 1, ExclusiveMinimum = true, ExclusiveMaximum = true)]
    [Description("what a step that is too long is multiplied by")]
    public double Beta { get; init => field = Guard.InBounds<LineSearch>(value); } = 0.8;

    /// <summary>t₀, the step size that is tried first.</summary>
    [Bounds(Binary32Range.Smallest, Binary32Range.Largest)]
    [Description("the step size that is tried first")]
    public double T0 { get; init => field = Guard.InBounds<LineSearch>(value); } = 1;

    /// <summary>How many step sizes are tried. Where none will do, the run has converged if the fall that the slope promises is
    /// lost in rounding, and has failed if it is not.</summary>
    [Bounds(1, 10_000)]
    [Description("step sizes tried in a step; where none will do, the run ends: converged if shorter ones would be lost in rounding, else failed")]
    public int MaxTrials { get; init => field = Guard.InBounds<LineSearch>(value); } = 100;

    /// <inheritdoc/>
    public override Optimizer ForEngine() => new Sgd { Lr = T0 };
}
