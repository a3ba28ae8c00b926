using Trainer.Engines.Gpu.Kernels;
using Trainer.Engines.Gpu.Tracing;
using Trainer.Tests.Documents;

namespace Trainer.Tests.Engines.Gpu;

/// <summary>The committed kernels are those of the formulas and sources as they are now.</summary>
public class KernelSourceTests
{
    [Fact]
    public void TheFormulas_AreThoseOfTheCode() =>
        GeneratedText.Check(RepositoryRoot.In("src", "Trainer.Core", "Engines", "Gpu", "Kernels", "formulas.c"), FormulaSource.OfAll());

    [Fact]
    public void TheKernels_AreThoseOfTheCatalogue() =>
        GeneratedText.Check(RepositoryRoot.In("src", "Trainer.Core", "Engines", "Gpu", "Kernels", "instances.c"), KernelList.Instances());
}
