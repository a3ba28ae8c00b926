using Trainer.Activations;
using Trainer.Engines;
using Trainer.Engines.Gpu;
using Trainer.Engines.Gpu.Cuda;
using Trainer.Engines.Reference;
using Trainer.Networks;
using Trainer.Optimizers;

namespace Trainer.Tests.Engines.Gpu.Cuda;

/// <summary>Promise 2 through the driver's library: the kernels' PTX gives the bits of the plain loops.</summary>
internal static class CudaTraining
{
    private static readonly Optimizer[] Optimizers =
    [
        new Sgd { Lr = 0.1 },
        new Sgd { Lr = 0.05, Momentum = 0.9, Nesterov = true },
        new Adam { Lr = 1e-3 },
    ];

    private static readonly Activation[] Activations = [new Relu(), new Sigmoid()];

    private static readonly GpuArrangement[] Arrangements =
        [new(GpuTiling.Small), new(GpuTiling.Small, RowsPass: false), new(GpuTiling.Large, RowsPass: false)];

    /// <summary>Trains with each formula in each arrangement, and fails at the first bit that differs.</summary>
    public static void Whole()
    {
        foreach (Optimizer optimizer in Optimizers)
        {
            foreach (Activation activation in Activations)
            {
                Compare(optimizer, activation);
            }
        }
    }

    // 50 rows in batches of 16: the last batch has 2.
    private static void Compare(Optimizer optimizer, Activation activation)
    {
        var setup = new TrainingSetup(new MlpShape([37, 33, 17, 10]), activation, optimizer, TestData.Splits(50, 23, 37, 10), 16);
        using IEngine reference = ReferenceEngine.Create(setup);
        int[] expected = TrainingTrial.Run(reference, setup);
        foreach (GpuArrangement arrangement in Arrangements)
        {
            using IEngine cuda = GpuEngine.Create(setup, new CudaDriver(), 0, arrangement);
            Assert.Equal(expected, TrainingTrial.Run(cuda, setup));
        }
    }
}
