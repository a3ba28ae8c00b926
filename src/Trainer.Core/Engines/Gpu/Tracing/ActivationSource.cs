using Trainer.Activations;

namespace Trainer.Engines.Gpu.Tracing;

/// <summary>An activation as GPU source.</summary>
/// <param name="Value">Statements of f(z), with z as <c>z</c>.</param>
/// <param name="Derivative">Statements of f′(z), with a = f(z) as <c>a</c>.</param>
/// <param name="Constants">The elements of <c>c</c>, which both use.</param>
internal sealed record ActivationSource(string Value, string Derivative, IReadOnlyList<float> Constants)
{
    /// <summary>The source of <paramref name="activation"/>.</summary>
    public static ActivationSource Of(Activation activation) => activation.Accept(default(Visitor));

    /// <summary>Whether another activation differs from this one in its constants at most.</summary>
    public bool IsLike(ActivationSource other) => (Value, Derivative) == (other.Value, other.Derivative);

    /// <summary>The two functions.</summary>
    public string Functions(string name) => $$"""
        INLINE float {{name}}_value(float z, GLOBAL const float* c)
        {
        {{Value}}}

        INLINE float {{name}}_derivative(float z, float a, GLOBAL const float* c)
        {
        {{Derivative}}}

        """;

    private readonly struct Visitor : IActivationVisitor<ActivationSource>
    {
        public ActivationSource Visit<TFormula>(TFormula formula)
            where TFormula : struct, IActivationFormula
        {
            var constants = new List<float>();
            string value = FormulaTrace.Of(
                constants, trace => trace.Statement($"return {formula.Value(new Traced("z")).Text};"));
            string derivative = FormulaTrace.Of(
                constants, trace => trace.Statement($"return {formula.Derivative(new Traced("z"), new Traced("a")).Text};"));
            return new ActivationSource(value, derivative, constants);
        }
    }
}
