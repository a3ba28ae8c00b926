namespace Trainer.Optimizers;

/// <summary>
/// How an experiment gets downhill, as the key <c>optimizer</c> of a configuration names it: by an update rule at rates that
/// are given (<see cref="Optimizer"/>), or by step sizes that it finds for itself (<see cref="LineSearch"/>).
/// </summary>
public abstract record DescentMethod
{
    /// <summary>The update rule that engines are made with; one that searches has the host make its steps, and gives that of
    /// plain gradient descent.</summary>
    public abstract Optimizer ForEngine();
}
