using Trainer.Activations;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Gpu;
using Trainer.Engines.Gpu.Drivers;
using Trainer.Networks;
using Trainer.Optimizers;
using Trainer.Regularizers;

namespace Trainer.Tests.Engines.Gpu;

/// <summary>Networks that are trained side by side in the same launches become what each becomes alone.</summary>
public class SideBySideTests
{
    private const int Rows = 75;

    [TheoryNeedingOpenCl]
    [InlineData(true)]
    [InlineData(false)]
    public void EachNetwork_IsAsAlone_UnderOpenCl(bool rowsPass) =>
        new GpuEquality(GpuEngine.DriverOf(GpuApi.OpenCl), TestDevices.OpenCl.Index).SideBySide(rowsPass);

    [TheoryNeedingCuda]
    [InlineData(true)]
    [InlineData(false)]
    public void EachNetwork_IsAsAlone_OnACard(bool rowsPass) =>
        new GpuEquality(GpuEngine.DriverOf(GpuApi.Cuda), TestDevices.Cuda.Index).SideBySide(rowsPass);

    [FactNeedingOpenCl]
    public void EachNetwork_IsAsAlone_WithFeaturesOfItsOwn_UnderOpenCl() =>
        new GpuEquality(GpuEngine.DriverOf(GpuApi.OpenCl), TestDevices.OpenCl.Index).SideBySideWithFeatures();

    [FactNeedingCuda]
    public void EachNetwork_IsAsAlone_WithFeaturesOfItsOwn_OnACard() =>
        new GpuEquality(GpuEngine.DriverOf(GpuApi.Cuda), TestDevices.Cuda.Index).SideBySideWithFeatures();

    [FactNeedingOpenCl]
    public void NetworksThatAreNotAlike_AreRefused()
    {
        DataSet data = TestData.Set(Rows, 23, 30, 10);
        var splits = SplitSet.From(data, 0, 1);
        var setup = new TrainingSetup(new MlpShape(30, 21, 10), new Sigmoid(), new Sgd { Lr = 0.1 }, splits, 8);
        TrainingSetup[] others =
        [
            setup with { Network = new Mlp(new MlpShape(30, 22, 10), new Sigmoid()) },
            setup with { Network = new Mlp(setup.Shape, new Relu()) },
            setup with { Optimizer = new Sgd { Lr = 0.1, Momentum = 0.5 } }, setup with { BatchSize = 9 },
            setup with { Data = SplitSet.From(TestData.Set(Rows, 23, 30, 10, seed: 2), 0, 1) },
            setup with { Network = setup.Network with { Dropout = 0.5 } }, setup with { MicroBatch = 3 },
            setup with { Regularization = new Regularization { MaxNorm = 1 } },
        ];
        foreach (TrainingSetup other in others)
        {
            using IGpuQueue queue = GpuEngine.DriverOf(GpuApi.OpenCl).Open(TestDevices.OpenCl.Index, new GpuFormulas(setup).Program);
            Assert.Throws<ArgumentException>(() => new GpuNetworks([setup, other], queue));
        }
    }
}
