using Trainer.Data;
using Trainer.Engines.Gpu;
using Trainer.Tests.Data;

namespace Trainer.Tests.Engines.Gpu;

/// <summary>The kernels under OpenCL give the bits of the plain loops: each way through them. All formulas are in
/// <see cref="OpenClWholeListTests"/>.</summary>
public class OpenClEqualsReferenceTests
{
    private static GpuEquality Device => new(GpuEngine.DriverOf(GpuApi.OpenCl), TestDevices.OpenCl.Index);

    [TheoryNeedingOpenCl]
    [MemberData(nameof(GpuEquality.FormulaSample), MemberType = typeof(GpuEquality))]
    public void AFormulaOfEachKind(int optimizer, int activation, string arrangement) => Device.Formula(optimizer, activation, arrangement);

    [TheoryNeedingOpenCl]
    [MemberData(nameof(GpuEquality.Shapes), MemberType = typeof(GpuEquality))]
    public void OddShapes(int inputs, int batch, int outputs, string hidden) => Device.Shape(inputs, batch, outputs, hidden);

    [TheoryNeedingOpenCl]
    [MemberData(nameof(GpuEquality.Starts), MemberType = typeof(GpuEquality))]
    public void TheEdgesOfBinary32_WithFeatures(string start) => Device.EdgeWithFeatures(start);

    [TheoryNeedingOpenCl]
    [MemberData(nameof(FeatureList.Names), MemberType = typeof(FeatureList))]
    public void EveryFeature(string feature) => Device.Feature(feature);

    [TheoryNeedingOpenCl]
    [InlineData("sgd")]
    [InlineData("adam")]
    public void ARuleOfEachKind_BehindAGradientThatIsKept(string optimizer) => Device.Feature("penalties of biases too", optimizer);

    [FactNeedingOpenCl]
    public void NormsOfWideLayers() => Device.WideNorms();

    [TheoryNeedingOpenCl]
    [InlineData("batch normalisation")]
    [InlineData("average")]
    [InlineData("all but normalisation")]
    public void WhatAnEngineKeeps_GoesOutAndBack(string feature) => Device.OutAndBack(feature);

    [TheoryNeedingOpenCl]
    [InlineData(false)]
    [InlineData(true)]
    public void StepsInAnyPortions(bool withFeatures) => Device.Portions(withFeatures);

    [FactNeedingOpenCl(realData: true)]
    public void RealImages() => Device.RealImages(FashionMnist.Load(FactNeedingRealDataAttribute.Folder!), count: 2000);
}
