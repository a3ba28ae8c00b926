using Trainer.Optimizers;

namespace Trainer.Engines.Gpu.Tracing;

/// <summary>An update rule as GPU source.</summary>
/// <param name="Update">Statements of the update, with the names of <see cref="IUpdateRule.Update"/>'s parameters.</param>
/// <param name="StateCount">Numbers of state of each parameter.</param>
/// <param name="Constants">The elements of <c>c</c>.</param>
internal sealed record RuleSource(string Update, int StateCount, IReadOnlyList<float> Constants)
{
    /// <summary>The source of the rule that keeps the gradient in the place of the parameter.</summary>
    public static RuleSource GradientOnly { get; } = default(Visitor).Visit(default(GradientOnly));

    /// <summary>The source of <paramref name="optimizer"/>'s rule.</summary>
    public static RuleSource Of(Optimizer optimizer) => optimizer.Accept(default(Visitor));

    /// <summary>Whether another rule differs from this one in its constants at most.</summary>
    public bool IsLike(RuleSource other) => (Update, StateCount) == (other.Update, other.StateCount);

    /// <summary>The function.</summary>
    public string Function(string name) => $$"""
        INLINE float {{name}}_update(float w, float g, float* first, float* second, float* third, const scalars_t step, GLOBAL const float* c)
        {
        {{Update}}}

        """;

    private readonly struct Visitor : IUpdateRuleVisitor<RuleSource>
    {
        public RuleSource Visit<TRule>(TRule rule)
            where TRule : struct, IUpdateRule
        {
            var constants = new List<float>();
            string update = FormulaTrace.Of(constants, trace =>
            {
                // Read before anything is written: a rule may hand an old state on.
                RuleState<Traced> state = default;
                if (TRule.StateCount > 0)
                {
                    state.First = trace.Write("*first");
                }
                if (TRule.StateCount > 1)
                {
                    state.Second = trace.Write("*second");
                }
                if (TRule.StateCount > 2)
                {
                    state.Third = trace.Write("*third");
                }
                Traced w = rule.Update(
                    new Traced("w"), new Traced("g"), ref state,
                    new StepScalars<Traced>(new("step.rate"), new("step.correction"), new("step.third"), new("step.fourth")));
                if (TRule.StateCount > 0)
                {
                    trace.Statement($"*first = {state.First.Text};");
                }
                if (TRule.StateCount > 1)
                {
                    trace.Statement($"*second = {state.Second.Text};");
                }
                if (TRule.StateCount > 2)
                {
                    trace.Statement($"*third = {state.Third.Text};");
                }
                trace.Statement($"return {w.Text};");
            });
            return new RuleSource(update, TRule.StateCount, constants);
        }
    }
}
