using System.Runtime.CompilerServices;
using Trainer.Formulas;
using Trainer.Optimizers;

namespace Trainer.Engines.Cpu;

/// <summary>Where finished gradients go: into the parameters, by the update rule, with its state beside them.</summary>
/// <param name="rule">The rule.</param>
/// <param name="scalars">What the step's parameters share.</param>
/// <param name="parameters">The first parameter.</param>
/// <param name="first">Its first state, or null.</param>
/// <param name="second">Its second state, or null.</param>
internal unsafe ref struct WeightUpdate<TLanes, TRule>(
    TRule rule, StepScalars scalars, float* parameters, float* first, float* second)
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
        float* m = TRule.StateCount > 0 ? first + offset : null;
        float* v = TRule.StateCount > 1 ? second + offset : null;
        for (int k = 0; k < count; k += TLanes.Count)
        {
            TLanes s0 = TRule.StateCount > 0 ? TLanes.Load(m + k) : default;
            TLanes s1 = TRule.StateCount > 1 ? TLanes.Load(v + k) : default;
            TLanes updated = formula.Update(TLanes.Load(w + k), TLanes.Load(g + k), ref s0, ref s1, step);
            greatest = TLanes.MaxMagnitude(greatest, updated);
            TLanes.Store(updated, w + k);
            if (TRule.StateCount > 0)
            {
                TLanes.Store(s0, m + k);
            }
            if (TRule.StateCount > 1)
            {
                TLanes.Store(s1, v + k);
            }
        }
        _greatest = greatest;
    }
}
