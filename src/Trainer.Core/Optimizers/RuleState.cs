using Trainer.Formulas;

namespace Trainer.Optimizers;

/// <summary>What an update rule remembers of one parameter from step to step: up to three numbers, 0 before the first step.</summary>
/// <typeparam name="T">The engine's number type.</typeparam>
public struct RuleState<T>
    where T : struct, IReal<T>
{
    /// <summary>Most numbers that a rule may remember.</summary>
    public const int Most = 3;

    /// <summary>The first number.</summary>
    public T First;

    /// <summary>The second number.</summary>
    public T Second;

    /// <summary>The third number.</summary>
    public T Third;
}
