using Trainer.Engines.Gpu;
using Trainer.Tests.Optimizers;

namespace Trainer.Tests.Engines.Gpu;

/// <summary>
/// The kernels of every formula under OpenCL. Compiling them is more than half the work of all tests, so that <c>dotnet test</c>
/// leaves them to <c>dotnet test --filter List=whole</c>, a step of its own in CI.
/// </summary>
[Trait("List", "whole")]
public class OpenClWholeListTests
{
    private static GpuEquality Device => new(GpuEngine.DriverOf(GpuApi.OpenCl), TestDevices.OpenCl.Index);

    [TheoryNeedingOpenCl]
    [MemberData(nameof(GpuEquality.Formulas), MemberType = typeof(GpuEquality))]
    public void EveryFormula(int optimizer, int activation, string arrangement) => Device.Formula(optimizer, activation, arrangement);

    /// <summary>They draw activations and optimizers, and so come to compile nearly all that there are.</summary>
    [TheoryNeedingOpenCl]
    [MemberData(nameof(GpuEquality.Starts), MemberType = typeof(GpuEquality))]
    public void TheEdgesOfBinary32(string start) => Device.Edge(start, trials: 8, mostProducts: 16_000_000);

    [TheoryNeedingOpenCl]
    [MemberData(nameof(OptimizerList.Names), MemberType = typeof(OptimizerList))]
    public void EveryRule_BehindAGradientThatIsKept(string optimizer) => Device.Feature("penalties of biases too", optimizer);
}
