using Trainer.Activations;
using Trainer.Optimizers;

namespace Trainer.Engines.Gpu.Tracing;

/// <summary>
/// The formulas that the PTX has kernels for: one row each. A formula that branches on a setting (as momentum does on
/// <c>nesterov</c>) has a row for each branch; constants are not part of it.
/// </summary>
internal static class FormulaCatalog
{
    /// <summary>Name of the identity, behind the output layer.</summary>
    public const string Linear = "linear";

    /// <summary>Name of the rule that keeps the gradient.</summary>
    public const string Gradient = "gradient";

    /// <summary>Name of the rule that adds to the gradient of the rows before.</summary>
    public const string Continued = "gradient_continued";

    /// <summary>The activations, by the name in the kernels'.</summary>
    public static IReadOnlyList<(string Name, ActivationSource Source)> Activations { get; } =
    [
        ("relu", ActivationSource.Of(new Relu())),
        ("sigmoid", ActivationSource.Of(new Sigmoid())),
        ("tanh", ActivationSource.Of(new Tanh())),
        ("leaky_relu", ActivationSource.Of(new LeakyRelu())),
        ("elu", ActivationSource.Of(new Elu())),
        ("selu", ActivationSource.Of(new Selu())),
        ("gelu", ActivationSource.Of(new Gelu())),
        ("gelu_tanh", ActivationSource.Of(new Gelu { Approximate = GeluForm.Tanh })),
        ("silu", ActivationSource.Of(new Silu())),
        ("softplus", ActivationSource.Of(new Softplus())),
        ("hard_sigmoid", ActivationSource.Of(new HardSigmoid())),
        // "linear" is the output layer's.
        ("identity", ActivationSource.Of(new Linear())),
    ];

    /// <summary>The update rules, by the name in the kernels'.</summary>
    public static IReadOnlyList<(string Name, RuleSource Source)> Rules { get; } =
    [
        ("sgd", RuleSource.Of(new Sgd { Lr = 1 })),
        ("sgd_momentum", RuleSource.Of(new Sgd { Lr = 1, Momentum = 0.9 })),
        ("sgd_nesterov", RuleSource.Of(new Sgd { Lr = 1, Momentum = 0.9, Nesterov = true })),
        ("adam", RuleSource.Of(new Adam { Lr = 1 })),
        ("sgd_dampened", RuleSource.Of(new Sgd { Lr = 1, Momentum = 0.9, Dampening = 0.5 })),
        ("rmsprop", RuleSource.Of(new RmsProp { Lr = 1 })),
        ("rmsprop_momentum", RuleSource.Of(new RmsProp { Lr = 1, Momentum = 0.9 })),
        ("rmsprop_centered", RuleSource.Of(new RmsProp { Lr = 1, Centered = true })),
        ("adagrad", RuleSource.Of(new Adagrad { Lr = 1 })),
        ("adamw", RuleSource.Of(new AdamW { Lr = 1 })),
        ("adamax", RuleSource.Of(new Adamax { Lr = 1 })),
        ("nadam", RuleSource.Of(new NAdam { Lr = 1 })),
        ("radam", RuleSource.Of(new RAdam { Lr = 1 })),
        ("adabelief", RuleSource.Of(new AdaBelief { Lr = 1 })),
        ("lion", RuleSource.Of(new Lion { Lr = 1 })),
    ];

    /// <summary>The name of an activation like <paramref name="source"/>.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static string NameOf(ActivationSource source) =>
        Activations.FirstOrDefault(row => row.Source.IsLike(source)).Name
        ?? throw new ArgumentException($"no kernel computes this activation; give it a row in {nameof(FormulaCatalog)}:\n{source.Value}");

    /// <summary>The name of a rule like <paramref name="source"/>.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static string NameOf(RuleSource source) =>
        Rules.FirstOrDefault(row => row.Source.IsLike(source)).Name
        ?? throw new ArgumentException($"no kernel computes this update rule; give it a row in {nameof(FormulaCatalog)}:\n{source.Update}");
}
