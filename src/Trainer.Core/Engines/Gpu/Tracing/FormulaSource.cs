using System.Text;

namespace Trainer.Engines.Gpu.Tracing;

/// <summary>The formulas as GPU source: what stands between <c>portable.c</c> and <c>kernels.c</c>.</summary>
internal static class FormulaSource
{
    /// <summary>The source of all formulas of the catalogue.</summary>
    public static string OfAll()
    {
        IReadOnlyList<(string Name, ActivationSource Source)> activations = FormulaCatalog.Activations;
        IReadOnlyList<(string Name, RuleSource Source)> rules = FormulaCatalog.Rules;
        var text = new StringBuilder();
        text.Append("// Written by the tracing type from the formulas in Activations/, Optimizers/, Regularizers/ and Formulas/Elementary.cs.\n\n");
        // What Optimizers/StepScalars.cs gives for a step.
        text.Append("typedef struct\n{\n    float rate;\n    float correction;\n    float third;\n    float fourth;\n} scalars_t;\n\n");
        text.Append(Elementary("exp", x => Formulas.Elementary.Exp(x)));
        text.Append(Elementary("log", x => Formulas.Elementary.Log(x)));
        text.Append(Elementary("expm1", x => Formulas.Elementary.Expm1(x)));
        text.Append(Elementary("normal_cdf", x => Formulas.Elementary.NormalCdf(x)));
        text.Append(TermSource.Functions()).Append('\n');
        foreach ((string name, ActivationSource source) in activations)
        {
            text.Append(source.Functions(name)).Append('\n');
        }
        foreach ((string name, RuleSource source) in rules)
        {
            text.Append(source.Function(name)).Append('\n');
        }
        text.Append(Selection(
            "float activation_value(const int activation, float z, GLOBAL const float* c)", "activation",
            activations.Select(row => $"{row.Name}_value(z, c)"), "z"));
        text.Append(Selection(
            "float activation_derivative(const int activation, float z, float a, GLOBAL const float* c)", "activation",
            activations.Select(row => $"{row.Name}_derivative(z, a, c)"), "1.0f"));
        text.Append(Selection(
            "float rule_update(const int rule, float w, float g, float* first, float* second, float* third, const scalars_t step, GLOBAL const float* c)",
            "rule", rules.Select(row => $"{row.Name}_update(w, g, first, second, third, step, c)"), "g"));
        text.Append(Selection("int rule_states(const int rule)", "rule", rules.Select(row => $"{row.Source.StateCount}"), "0"));
        return text.ToString();
    }

    private static string Elementary(string name, Func<Traced, Traced> function) => $$"""
        INLINE float elementary_{{name}}(float x)
        {
        {{FormulaTrace.Of(null, trace => trace.Statement($"return {function(new Traced("x")).Text};"))}}}


        """;

    /// <summary>A function that computes the formula of a number; a kernel gives it as a constant, and the rest is folded away.</summary>
    private static string Selection(string signature, string selector, IEnumerable<string> formulas, string first)
    {
        var text = new StringBuilder($"INLINE {signature}\n{{\n    switch ({selector})\n    {{\n");
        foreach ((int index, string formula) in formulas.Index())
        {
            text.Append($"        case {index + 1}: return {formula};\n");
        }
        return text.Append($"        default: return {first};\n    }}\n}}\n\n").ToString();
    }
}
