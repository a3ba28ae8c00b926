using Trainer.Formulas;
using Trainer.Optimizers;

namespace Trainer.Tests.Optimizers;

/// <summary>Parameters that an optimizer's own rule leads along gradients, in the number type <typeparamref name="T"/>.</summary>
/// <param name="lr">The learning rate of a step, from 1.</param>
/// <param name="gradient">The gradient of a step, from 1, at the parameters before it.</param>
/// <param name="start">The parameters before the first step.</param>
/// <param name="steps">How many steps.</param>
internal sealed class RuleWalk<T>(Func<int, double> lr, Func<int, double[], double[]> gradient, double[] start, int steps)
    : IUpdateRuleVisitor<RuleWalk<T>.Stop[]>
    where T : struct, IScalarReal<T>
{
    /// <summary>Where a walk is after a step: parameters, and the numbers of state of each.</summary>
    internal sealed record Stop(double[] W, double[] First, double[] Second);

    /// <inheritdoc/>
    public Stop[] Visit<TRule>(TRule rule)
        where TRule : struct, IUpdateRule
    {
        T[] w = [.. start.Select(T.Constant)];
        var state = new RuleState<T>[w.Length];
        var stops = new Stop[steps + 1];
        stops[0] = At(w, state);
        for (int t = 1; t <= steps; t++)
        {
            StepScalars<T> scalars = InT(rule.Scalars(lr(t), t), lr(t));
            double[] g = gradient(t, stops[t - 1].W);
            for (int k = 0; k < w.Length; k++)
            {
                w[k] = rule.Update(w[k], T.Constant(g[k]), ref state[k], scalars);
            }
            stops[t] = At(w, state);
        }
        return stops;
    }

    /// <summary>The step's numbers. The host rounds them to binary32; where the rate is just the learning rate, a walk in binary64 has it
    /// unrounded.</summary>
    private static StepScalars<T> InT(StepScalars scalars, double rate) =>
        StepScalars<T>.From(scalars) with { Rate = T.Constant(scalars.Rate == (float)rate ? rate : scalars.Rate) };

    private static Stop At(T[] w, RuleState<T>[] state) => new(
        [.. w.Select(x => x.ToDouble())], [.. state.Select(s => s.First.ToDouble())], [.. state.Select(s => s.Second.ToDouble())]);
}
