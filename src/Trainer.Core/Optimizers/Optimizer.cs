using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Optimizers;

/// <summary>How parameters follow their gradients at a learning rate, as a configuration names it.</summary>
public abstract record Optimizer : DescentMethod
{
    /// <summary>The learning rate η.</summary>
    [Bounds(Binary32Range.Smallest, Binary32Range.Largest)]
    [Description("learning rate")]
    public required double Lr { get; init => field = Guard.InBounds<Optimizer>(value); }

    /// <summary>Hands the update rule, with its concrete type, to <paramref name="visitor"/>, so that the visitor's loop
    /// is compiled for this rule alone.</summary>
    public abstract TResult Accept<TResult>(IUpdateRuleVisitor<TResult> visitor);

    /// <inheritdoc/>
    public sealed override Optimizer ForEngine() => this;
}
