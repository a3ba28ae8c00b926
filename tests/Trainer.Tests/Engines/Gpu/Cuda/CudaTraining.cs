using Trainer.Activations;
using Trainer.Engines.Gpu.Cuda;
using Trainer.Tests.Activations;
using Trainer.Tests.Optimizers;

namespace Trainer.Tests.Engines.Gpu.Cuda;

/// <summary>Promise 2 through the driver's library: the kernels' PTX gives the bits of the plain loops.</summary>
internal static class CudaTraining
{
    // The stand-in carries out about a hundredth of what OpenCL does in the same time.
    private const int EdgeTrials = 1;
    private const long EdgeProducts = 100_000;

    // Between them all that there is.
    private static readonly string[] Features =
    [
        "all but normalisation", "all but average", "mean squared error", "prepared inputs in micro-batches, dropped",
    ];

    /// <summary>Trains with every formula and every arrangement, in odd portions, and from the edges of binary32; fails at the
    /// first bit that differs.</summary>
    public static void Whole()
    {
        var device = new GpuEquality(new CudaDriver(), 0);
        foreach ((int optimizer, int activation, string arrangement) in GpuEquality.FormulaList())
        {
            device.Formula(optimizer, activation, arrangement);
        }
        device.Portions();
        device.SideBySide(rowsPass: true);
        device.SideBySideWithFeatures();
        foreach (string feature in Features)
        {
            device.Feature(feature);
        }
        foreach (EdgeStart start in EdgeStart.All)
        {
            device.Edge(start.Name, EdgeTrials, EdgeProducts);
        }
    }

    /// <summary>Trains with every kernel that has barriers, for a stand-in that looks for races.</summary>
    public static void WithoutRaces()
    {
        var device = new GpuEquality(new CudaDriver(), 0);
        foreach (string arrangement in GpuEquality.Arrangements.Keys)
        {
            device.Formula(OptimizerList.IndexOf("adam"), ActivationList.IndexOf(new Sigmoid()), arrangement);
        }
        device.Shape(63, 17, 12, "65,129");
        device.SideBySide(rowsPass: true);
        foreach (string feature in Features)
        {
            device.Feature(feature);
        }
    }
}
