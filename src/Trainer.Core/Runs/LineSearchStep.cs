namespace Trainer.Runs;

/// <summary>One step of gradient descent with a line search.</summary>
/// <param name="Step">Its number, from 1.</param>
/// <param name="Size">The step size t that was accepted.</param>
/// <param name="Trials">How many sizes were tried, the accepted one included.</param>
/// <param name="LossBefore">f(w), the mean loss over all training rows.</param>
/// <param name="LossAfter">f(w − t·g).</param>
/// <param name="GradientSquared">‖g‖², in binary64, summed in the order of the parameters.</param>
public sealed record LineSearchStep(
    long Step, double Size, int Trials, double LossBefore, double LossAfter, double GradientSquared);
