using Trainer.Engines.Reference;
using Trainer.Regularizers;

namespace Trainer.Engines.Gpu.Tracing;

/// <summary>The formulas beside activations and update rules, as GPU source: penalties, bounds, averages, and what a batch
/// normalisation divides by. All their numbers are arguments.</summary>
internal static class TermSource
{
    private static readonly (string Name, string[] Arguments, Func<Traced[], Traced> Formula)[] Terms =
    [
        ("add_l2", ["w", "g", "lambda"], t => GradientTerms.AddL2(t[0], t[1], t[2])),
        ("add_l1", ["w", "g", "lambda"], t => GradientTerms.AddL1(t[0], t[1], t[2])),
        ("clip_element", ["g", "bound"], t => GradientTerms.Clip(t[0], t[1])),
        ("norm_factor_of", ["squares", "norm"], t => GradientTerms.NormFactor(t[0], t[1])),
        ("unit_factor_of", ["squares", "norm"], t => GradientTerms.UnitFactor(t[0], t[1])),
        ("shrink", ["w", "decay"], t => GradientTerms.Shrink(t[0], t[1])),
        ("moving_average", ["average", "w", "decay", "rest"], t => GradientTerms.Average(t[0], t[1], t[2], t[3])),
        ("inverse_deviation", ["variance", "eps"], t => NormalizationEquations.InverseDeviation(t[0], t[1])),
    ];

    /// <summary>The functions.</summary>
    public static string Functions() => string.Join('\n', Terms.Select(term => $$"""
        INLINE float {{term.Name}}({{string.Join(", ", term.Arguments.Select(argument => $"float {argument}"))}})
        {
        {{Statements(term.Name)}}}

        """));

    /// <summary>The statements of one of them.</summary>
    public static string Statements(string name)
    {
        (_, string[] arguments, Func<Traced[], Traced> formula) = Terms.Single(term => term.Name == name);
        return FormulaTrace.Of(
            null, trace => trace.Statement($"return {formula([.. arguments.Select(argument => new Traced(argument))]).Text};"));
    }
}
