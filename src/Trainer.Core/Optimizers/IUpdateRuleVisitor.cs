namespace Trainer.Optimizers;

/// <summary>What an engine does with an optimizer once it knows its rule's type.</summary>
/// <typeparam name="TResult">What comes of it.</typeparam>
public interface IUpdateRuleVisitor<out TResult>
{
    /// <summary>Called with the rule.</summary>
    TResult Visit<TRule>(TRule rule)
        where TRule : struct, IUpdateRule;
}
