using System.Runtime.CompilerServices;
using Trainer.Formulas;
using Trainer.Optimizers;
using Trainer.Regularizers;

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

    /// <summary>What is done to weights before the rule.</summary>
    public GradientShaping Weights { get; init; } = GradientShaping.None;

    /// <summary>What is done to all other parameters before the rule.</summary>
    public GradientShaping Others { get; init; } = GradientShaping.None;

    /// <summary>Whether all new parameters so far are numbers, neither infinite nor NaN.</summary>
    public readonly bool AllFinite => TLanes.AllFinite(_greatest);

    /// <summary>One step of <paramref name="count"/> weights from <paramref name="offset"/> on.</summary>
    /// <param name="g">Their gradient.</param>
    /// <param name="offset">The first of them.</param>
    /// <param name="count">How many: whole vectors.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ApplyToWeights(float* g, nint offset, int count)
    {
        if (Weights.IsNone)
        {
            Apply(g, offset, count);
        }
        else
        {
            ApplyShaped(g, offset, count, Weights);
        }
    }

    /// <summary>The same for other parameters.</summary>
    public void ApplyToOthers(float* g, nint offset, int count)
    {
        if (Others.IsNone)
        {
            Apply(g, offset, count);
        }
        else
        {
            ApplyShaped(g, offset, count, Others);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Apply(float* g, nint offset, int count)
    {
        // Copies, which no store below can change: so the rule's constants are made before the loop and not in it.
        TRule formula = rule;
        StepScalars<TLanes> step = _step;
        TLanes greatest = _greatest;
        RuleStates memory = states;
        float* w = parameters + offset;
        for (int k = 0; k < count; k += TLanes.Count)
        {
            TLanes updated = Update(formula, TLanes.Load(w + k), TLanes.Load(g + k), memory, offset + k, step);
            greatest = TLanes.MaxMagnitude(greatest, updated);
            TLanes.Store(updated, w + k);
        }
        _greatest = greatest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ApplyShaped(float* g, nint offset, int count, GradientShaping shaping)
    {
        TRule formula = rule;
        StepScalars<TLanes> step = _step;
        TLanes greatest = _greatest;
        RuleStates memory = states;
        TLanes decay = TLanes.Broadcast(shaping.Decay);
        bool decays = shaping.Decay != 0;
        TLanes factor = TLanes.Broadcast(shaping.Factor);
        float* w = parameters + offset;
        for (int k = 0; k < count; k += TLanes.Count)
        {
            TLanes old = TLanes.Load(w + k);
            TLanes gradient = shaping.Terms.Gradient(old, TLanes.Load(g + k)) * factor;
            TLanes updated = Update(formula, decays ? GradientTerms.Shrink(old, decay) : old, gradient, memory, offset + k, step);
            greatest = TLanes.MaxMagnitude(greatest, updated);
            TLanes.Store(updated, w + k);
        }
        _greatest = greatest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Update(TRule formula, TLanes w, TLanes g, RuleStates states, nint at, StepScalars<TLanes> step)
    {
        RuleState<TLanes> state = default;
        if (TRule.StateCount > 0)
        {
            state.First = TLanes.Load(states.First + at);
        }
        if (TRule.StateCount > 1)
        {
            state.Second = TLanes.Load(states.Second + at);
        }
        if (TRule.StateCount > 2)
        {
            state.Third = TLanes.Load(states.Third + at);
        }
        TLanes updated = formula.Update(w, g, ref state, step);
        if (TRule.StateCount > 0)
        {
            TLanes.Store(state.First, states.First + at);
        }
        if (TRule.StateCount > 1)
        {
            TLanes.Store(state.Second, states.Second + at);
        }
        if (TRule.StateCount > 2)
        {
            TLanes.Store(state.Third, states.Third + at);
        }
        return updated;
    }
}
