using Trainer.Activations;
using Trainer.Engines.Gpu.Drivers;
using Trainer.Engines.Gpu.Kernels;
using Trainer.Engines.Gpu.Tracing;
using Trainer.Optimizers;

namespace Trainer.Engines.Gpu;

/// <summary>Which kernels compute a setup's formulas, and the constants that they take.</summary>
internal sealed class GpuFormulas
{
    private readonly ActivationSource _activation;
    private readonly RuleSource _rule;
    private readonly Func<double, long, StepScalars> _scalars;

    public GpuFormulas(TrainingSetup setup)
    {
        _activation = ActivationSource.Of(setup.Network.Activations.FirstOrDefault() ?? new Linear());
        _rule = RuleSource.Of(setup.Optimizer);
        _scalars = setup.Optimizer.Accept(default(ScalarsOf));
        Activation = FormulaCatalog.NameOf(_activation);
        Rule = FormulaCatalog.NameOf(_rule);
    }

    /// <summary>The activation in the names of kernels.</summary>
    public string Activation { get; }

    /// <summary>The update rule in the names of kernels.</summary>
    public string Rule { get; }

    /// <summary>Numbers of state of each parameter.</summary>
    public int StateCount => _rule.StateCount;

    /// <summary>Elements of the array that <c>c</c> is in the activation.</summary>
    public IReadOnlyList<float> ActivationConstants => _activation.Constants;

    /// <summary>Elements of the array that <c>c</c> is in the rule.</summary>
    public IReadOnlyList<float> RuleConstants => _rule.Constants;

    /// <summary>The kernels, and no others: drivers compile all that they are given. Under OpenCL they are several programs, so that
    /// networks with the same activation or the same rule share what drivers keep compiled.</summary>
    public KernelProgram Program
    {
        get
        {
            IReadOnlyList<IReadOnlyList<string>> parts = KernelList.PartsOf(Activation, Rule);
            return new KernelProgram(
                kernel => KernelSource.Of(parts.First(part => part.Contains(kernel))),
                () => KernelSource.Ptx([.. parts.SelectMany(part => part)]));
        }
    }

    /// <summary>What the rule takes for a step; see <see cref="IUpdateRule.Scalars"/>.</summary>
    public StepScalars Scalars(double lr, long step) => _scalars(lr, step);

    private readonly struct ScalarsOf : IUpdateRuleVisitor<Func<double, long, StepScalars>>
    {
        public Func<double, long, StepScalars> Visit<TRule>(TRule rule)
            where TRule : struct, IUpdateRule =>
            (lr, step) => rule.Scalars(lr, step);
    }
}
