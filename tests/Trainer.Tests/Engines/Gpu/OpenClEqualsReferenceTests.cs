using Trainer.Activations;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Gpu;
using Trainer.Engines.Reference;
using Trainer.Networks;
using Trainer.Optimizers;

namespace Trainer.Tests.Engines.Gpu;

/// <summary>Promise 2 on a device: the kernels under OpenCL give the bits of the plain loops.</summary>
public class OpenClEqualsReferenceTests
{
    private static readonly Optimizer[] Optimizers =
    [
        new Sgd { Lr = 0.1 },
        new Sgd { Lr = 0.05, Momentum = 0.9 },
        new Sgd { Lr = 0.05, Momentum = 0.9, Nesterov = true },
        new Adam { Lr = 1e-3 },
    ];

    private static readonly Activation[] Activations = [new Relu(), new Sigmoid()];

    public static TheoryData<int, int, string> Combinations()
    {
        var data = new TheoryData<int, int, string>();
        for (int optimizer = 0; optimizer < Optimizers.Length; optimizer++)
        {
            for (int activation = 0; activation < Activations.Length; activation++)
            {
                data.Add(optimizer, activation, "small");
                data.Add(optimizer, activation, "large");
            }
        }
        return data;
    }

    [TheoryNeedingOpenCl]
    [MemberData(nameof(Combinations))]
    public void EveryFormula_ToTheBit(int optimizer, int activation, string tiling)
    {
        // 50 rows in batches of 16: the last batch has 2.
        TrainingSetup setup = Setup([37, 33, 17, 10], 50, 16, Optimizers[optimizer], Activations[activation]);
        AssertSame(setup, tiling == "small" ? GpuTiling.Small : GpuTiling.Large);
    }

    private static void AssertSame(TrainingSetup setup, GpuTiling? tiling)
    {
        using IEngine reference = ReferenceEngine.Create(setup);
        using IEngine gpu = GpuEngine.Create(setup, GpuEngine.DriverOf(GpuApi.OpenCl), OpenClDevices.Device!.Index, tiling);
        Assert.Equal(TrainingTrial.Run(reference, setup), TrainingTrial.Run(gpu, setup));
    }

    private static TrainingSetup Setup(int[] sizes, int rows, int batch, Optimizer optimizer, Activation activation)
    {
        SplitSet data = TestData.Splits(rows, 23, sizes[0], sizes[^1]);
        return new TrainingSetup(new MlpShape(sizes), activation, optimizer, data, batch);
    }
}
