using Trainer.Formulas;
using Trainer.GradientChecks.Faults;
using Trainer.Optimizers;
using Trainer.Randomness;

namespace Trainer.GradientChecks;

/// <summary>Compares an optimizer's update rule, in binary64, with its equations (<see cref="UpdateEquations"/>): over some steps, on
/// gradients of very different sizes.</summary>
/// <param name="optimizer">The optimizer.</param>
/// <param name="seed">The key of the gradients, which are random.</param>
public sealed class UpdateCheck(Optimizer optimizer, ulong seed)
{
    /// <summary>Steps that are compared.</summary>
    public const int Steps = 30;

    /// <summary>The largest relative error of a step that passes: the numbers that all parameters of a step share go through binary32,
    /// each with an error of up to 6e-8.</summary>
    public const double Tolerance = 5e-7;

    private static readonly double[] Scales = [1e-4, 1, 1e4];

    /// <summary>Whether there are equations to compare with.</summary>
    public bool HasEquations => UpdateEquations.Find(optimizer) is not null;

    /// <summary>The largest error of a step; null where there is nothing to compare with.</summary>
    public double? Error() => UpdateEquations.Find(optimizer) is { } equation ? Error(equation, UpdateFault.None) : null;

    /// <summary>What the check says of each fault that can be in such a rule.</summary>
    public IReadOnlyList<FaultOutcome> CheckFaults() => UpdateEquations.Find(optimizer) is { } equation
        ? [.. UpdateFault.All.Where(fault => fault.Applies(optimizer)).Select(fault => Check(equation, fault))]
        : [];

    private FaultOutcome Check(UpdateEquation equation, UpdateFault fault)
    {
        if (Scales.All(scale => StepsOf(scale, fault).SequenceEqual(StepsOf(scale, UpdateFault.None))))
        {
            return new FaultOutcome(fault.Name, FaultVerdict.NoChange, 0, null);
        }
        double error = Error(equation, fault);
        return new FaultOutcome(fault.Name, error > Tolerance ? FaultVerdict.Caught : FaultVerdict.Missed, error, null);
    }

    private double Error(UpdateEquation equation, UpdateFault fault)
    {
        double largest = 0;
        foreach (double scale in Scales)
        {
            double[] gradients = Gradients(scale);
            double[] steps = StepsOf(scale, fault);
            for (int t = 0; t < Steps; t++)
            {
                double expected = equation(optimizer, gradients.AsSpan(0, t + 1));
                double error = Math.Abs(steps[t] - expected) / Math.Max(double.Epsilon, Math.Abs(steps[t]) + Math.Abs(expected));
                largest = Math.Max(largest, double.IsFinite(error) ? error : double.PositiveInfinity);
            }
        }
        return largest;
    }

    private double[] Gradients(double scale)
    {
        var random = new Philox(seed, RandomStream.GradientCheck, 0);
        return [.. Enumerable.Range(0, Steps).Select(t => scale * random.Normal((ulong)t))];
    }

    private double[] StepsOf(double scale, UpdateFault fault)
    {
        Optimizer faulty = fault.Change(optimizer);
        return faulty.Accept(new Descent(faulty.Lr, Gradients(scale), fault));
    }

    /// <summary>Makes steps by a rule.</summary>
    private sealed class Descent(double lr, double[] gradients, UpdateFault fault) : IUpdateRuleVisitor<double[]>
    {
        public double[] Visit<TRule>(TRule rule)
            where TRule : struct, IUpdateRule
        {
            double[] steps = new double[gradients.Length];
            RuleState<Binary64> state = default;
            for (int t = 0; t < steps.Length; t++)
            {
                StepScalars scalars = fault.Scalars(rule.Scalars(lr, t + 1), lr);
                // From 0, so that the step keeps all its digits; none of the rules with equations looks at w.
                Binary64 zero = Binary64.Constant(0);
                steps[t] = rule.Update(zero, Binary64.Constant(gradients[t]), ref state, StepScalars<Binary64>.From(scalars)).Value;
                state = fault.Forgets ? default : state;
            }
            return steps;
        }
    }
}
