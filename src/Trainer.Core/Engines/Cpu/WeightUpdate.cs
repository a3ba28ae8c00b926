using System.Runtime.CompilerServices;
using Trainer.Formulas;
using Trainer.Optimizers;

namespace Trainer.Engines.Cpu;

/// <summary>Where finished gradients go: into the parameters, by the update rule, with its state beside them.</summary>
/// <param name="rule">The rule.</param>
/// <param name="scalars">What the step's parameters share.</param>
/// <param name="parameters">The first parameter.</param>
/// <param name="states">The first parameter's numbers of state, where there are such.</param>
internal unsafe ref struct WeightUpdate<TLanes, TRule>(
    TRule rule, StepScalars scalars, float* parameters, RuleStates states)
    where TLanes : struct, ILanes<TLanes>
    where TRule : struct, IUpdateRule
{
    private readonly StepScalars<TLanes> _step = StepScalars<TLanes>.From(scalars);
    private TLanes _greatest = TLanes.Constant(0);

    /// <summary>Whether all new parameters so far are numbers, neither infinite nor NaN.</summary>
    public readonly bool AllFinite => TLanes.AllFinite(_greatest);

    /// <summary>One step of <paramref name="count"/> parameters from <paramref name="offset"/> on.</summary>
    /// <param name="g">Their gradient.</param>
    /// <param name="offset">The first of them.</param>
    /// <param name="count">How many: whole vectors.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(float* g, nint offset, int count)
    {
        // Copies, which no store below can change: so the rule's constants are made before the loop and not in it.
        TRule formula = rule;
        StepScalars<TLanes> step = _step;
        TLanes greatest = _greatest;
        float* w = parameters + offset;
        float* first = states.First + offset;
        float* second = states.Second + offset;
        float* third = states.Third + offset;
        for (int k = 0; k < count; k += TLanes.Count)
        {
            RuleState<TLanes> state = default;
            if (TRule.StateCount > 0)
            {
                state.First = TLanes.Load(first + k);
            }
            if (TRule.StateCount > 1)
            {
                state.Second = TLanes.Load(second + k);
            }
            if (TRule.StateCount > 2)
            {
                state.Third = TLanes.Load(third + k);
            }
            TLanes updated = formula.Update(TLanes.Load(w + k), TLanes.Load(g + k), ref state, step);
            greatest = TLanes.MaxMagnitude(greatest, updated);
            TLanes.Store(updated, w + k);
            if (TRule.StateCount > 0)
            {
                TLanes.Store(state.First, first + k);
            }
            if (TRule.StateCount > 1)
            {
                TLanes.Store(state.Second, second + k);
            }
            if (TRule.StateCount > 2)
            {
                TLanes.Store(state.Third, third + k);
            }
        }
        _greatest = greatest;
    }
}
