using Trainer.Activations;
using Trainer.Engines.Gpu.Drivers;
using Trainer.Engines.Gpu.Kernels;
using Trainer.Engines.Gpu.Tracing;
using Trainer.Optimizers;

namespace Trainer.Engines.Gpu;

/// <summary>Which kernels compute a setup's formulas, and the constants that they take.</summary>
internal sealed class GpuFormulas
{
    private readonly ActivationSource[] _activations;
    private readonly RuleSource _rule;
    private readonly Func<double, long, StepScalars> _scalars;

    public GpuFormulas(TrainingSetup setup)
    {
        // There are kernels behind hidden layers even where there are no such layers.
        IReadOnlyList<Activation> activations = setup.Network.Activations is { Count: > 0 } some ? some : [new Linear()];
        _activations = [.. activations.Select(ActivationSource.Of)];
        _rule = RuleSource.Of(setup.Optimizer);
        _scalars = setup.Optimizer.Accept(default(ScalarsOf));
        Features = GpuFeatures.Of(setup);
        Activations = [.. _activations.Select(FormulaCatalog.NameOf)];
        Rule = FormulaCatalog.NameOf(_rule);
        MayPassRows = Features.MayPassRows && activations.Distinct().Count() == 1;
    }

    /// <summary>What there is beside them.</summary>
    public GpuFeatures Features { get; }

    /// <summary>The activation behind each hidden layer in the names of kernels; one where there are no such layers.</summary>
    public IReadOnlyList<string> Activations { get; }

    /// <summary>The update rule in the names of kernels.</summary>
    public string Rule { get; }

    /// <summary>Whether rows may pass through all layers in one launch.</summary>
    public bool MayPassRows { get; }

    /// <summary>Numbers of state of each parameter.</summary>
    public int StateCount => _rule.StateCount;

    /// <summary>Elements of the array that <c>c</c> is in the rule.</summary>
    public IReadOnlyList<float> RuleConstants => _rule.Constants;

    /// <summary>The kernels, and no others: drivers compile all that they are given. Under OpenCL they are several programs, so that
    /// networks with the same activation or the same rule share what drivers keep compiled.</summary>
    public KernelProgram Program
    {
        get
        {
            IReadOnlyList<IReadOnlyList<string>> parts = KernelList.PartsOf([.. Activations.Distinct()], Rule, Features);
            return new KernelProgram(
                kernel => KernelSource.Of(parts.First(part => part.Contains(kernel))),
                () => KernelSource.Ptx([.. parts.SelectMany(part => part)]));
        }
    }

    /// <summary>Elements of the array that <c>c</c> is in the activation behind a hidden layer.</summary>
    public IReadOnlyList<float> ActivationConstants(int layer) => _activations[layer].Constants;

    /// <summary>What the rule takes for a step; see <see cref="IUpdateRule.Scalars"/>.</summary>
    public StepScalars Scalars(double lr, long step) => _scalars(lr, step);

    private readonly struct ScalarsOf : IUpdateRuleVisitor<Func<double, long, StepScalars>>
    {
        public Func<double, long, StepScalars> Visit<TRule>(TRule rule)
            where TRule : struct, IUpdateRule =>
            (lr, step) => rule.Scalars(lr, step);
    }
}
