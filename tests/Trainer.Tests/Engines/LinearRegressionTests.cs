using Trainer.Activations;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Losses;
using Trainer.Networks;
using Trainer.Optimizers;
using Trainer.Randomness;

namespace Trainer.Tests.Engines;

/// <summary>Gradient descent on the mean squared error, without hidden layers, is linear regression, which has a closed form.</summary>
public class LinearRegressionTests
{
    private const int Inputs = 4;
    private const int Classes = 3;
    private const int Rows = 60;

    /// <summary>Binary32 and a gradient that vanishes at the minimum: 2e-6 was seen.</summary>
    private const double Tolerance = 2e-5;

    [Fact]
    public void GradientDescent_ReachesTheClosedForm()
    {
        var random = new Philox(5, RandomStream.Noise, 1);
        byte[] pixels = [.. Enumerable.Range(0, Rows * Inputs).Select(k => (byte)random.Word((ulong)k))];
        byte[] labels = [.. Enumerable.Range(0, Rows).Select(k => (byte)random.Below((ulong)(10_000 + k), Classes))];
        var split = new Split(new ImageSet(pixels, labels, 1, Inputs));
        var network = new Mlp(new MlpShape(Inputs, Classes), new Linear()) { Loss = new MeanSquaredError() };
        var setup = new TrainingSetup(network, new Sgd { Lr = 1 }, new SplitSet(split, null, split), Rows);
        using IEngine engine = CpuEngine.Create(setup, 1);
        int[] order = [.. Enumerable.Range(0, Rows)];
        var results = new RowResults(Rows);
        for (int step = 0; step < 4000; step++)
        {
            engine.Train(new EpochPlan(order, Rows, step, _ => 1), .., results);
        }
        float[] found = new float[setup.Shape.ParameterCount];
        engine.ReadParameters(found);
        double[][] exact = ClosedForm(pixels, labels);
        for (int o = 0; o < Classes; o++)
        {
            for (int i = 0; i < Inputs; i++)
            {
                Assert.InRange(found[o * Inputs + i] - exact[i][o], -Tolerance, Tolerance);
            }
            Assert.InRange(found[Classes * Inputs + o] - exact[Inputs][o], -Tolerance, Tolerance);
        }
    }

    /// <summary>(XᵀX)⁻¹·XᵀT with a column of ones behind X, by Gauss and Jordan's elimination: rows of weights, then the bias.</summary>
    private static double[][] ClosedForm(byte[] pixels, byte[] labels)
    {
        const int n = Inputs + 1;
        var system = new double[n][];
        for (int i = 0; i < n; i++)
        {
            system[i] = new double[n + Classes];
            for (int row = 0; row < Rows; row++)
            {
                for (int k = 0; k < n; k++)
                {
                    system[i][k] += X(row, i) * X(row, k);
                }
                system[i][n + labels[row]] += X(row, i);
            }
        }
        for (int pivot = 0; pivot < n; pivot++)
        {
            double scale = system[pivot][pivot];
            system[pivot] = [.. system[pivot].Select(value => value / scale)];
            for (int other = 0; other < n; other++)
            {
                double factor = other == pivot ? 0 : system[other][pivot];
                system[other] = [.. system[other].Zip(system[pivot], (value, top) => value - factor * top)];
            }
        }
        return [.. system.Select(row => row[n..])];

        double X(int row, int i) => i == Inputs ? 1 : pixels[row * Inputs + i] / 255.0;
    }
}
