namespace Trainer.Activations;

/// <summary>The non-linearity behind a hidden layer, a = f(z), element by element, as a configuration names it.</summary>
public abstract record Activation
{
    /// <summary>Hands the formula, with its concrete type, to <paramref name="visitor"/>, so that the visitor's loop is
    /// compiled for this formula alone.</summary>
    public abstract TResult Accept<TResult>(IActivationVisitor<TResult> visitor);
}
