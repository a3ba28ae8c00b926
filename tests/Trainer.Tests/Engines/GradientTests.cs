using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Networks;
using Trainer.Randomness;
using Trainer.Regularizers;
using Trainer.Tests.Activations;

namespace Trainer.Tests.Engines;

/// <summary>Promise 1: every gradient is right. The reference network runs in binary64 against central differences.</summary>
public class GradientTests
{
    /// <summary>Central differences with step h err by about h²·|f‴|/6 + ε·|f|/h; at h = 1e-5 both stay below 1e-10
    /// (6e-11 at most was seen).</summary>
    private const double Step = 1e-5;

    private const double Tolerance = 1e-9;

    public static TheoryData<string, string, int> Cases()
    {
        var data = new TheoryData<string, string, int>();
        foreach (string activation in ActivationList.All.Select(activation => activation.ToString()))
        {
            foreach (string sizes in (string[])["1-1-2", "7-17-10", "17-33-7-10", "33-10", "7-7-7-7-3", "1-33-1-2"])
            {
                data.Add(activation, sizes, 1);
                data.Add(activation, sizes, 5);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradient_MatchesFiniteDifferences(string activation, string sizes, int batch)
    {
        var shape = new MlpShape([.. sizes.Split('-').Select(int.Parse)]);
        Assert.InRange(LargestError(new Mlp(shape, ActivationList.Find(activation)), batch), 0, Tolerance);
    }

    [Theory]
    [MemberData(nameof(FeatureList.Names), MemberType = typeof(FeatureList))]
    public void Gradient_OfEveryFeature_MatchesFiniteDifferences(string feature)
    {
        Mlp mlp = FeatureList.Setup(feature, 9, 7).Network;
        Assert.InRange(LargestError(mlp, 5), 0, Tolerance);
    }

    private static double LargestError(Mlp mlp, int batch)
    {
        MlpShape shape = mlp.Shape;
        var network = new NaiveNetwork<Binary64>(mlp, batch);
        if (mlp.Dropout > 0)
        {
            network.DrawMasks(new DropoutMask(shape, mlp.Dropout, 5), 1, batch);
        }
        var random = new Philox(11, RandomStream.Initialization, (uint)batch);
        byte[] labels = new byte[batch];
        for (int b = 0; b < batch; b++)
        {
            byte[] pixels = [.. Enumerable.Range(0, shape.Inputs).Select(i => (byte)random.Word((ulong)(1000 * b + i + 50_000)))];
            network.SetInput(b, pixels);
            labels[b] = (byte)random.Below((ulong)(b + 90_000), shape.Outputs);
        }
        for (int k = 0; k < shape.ParameterCount; k++)
        {
            network.Parameters[k] = new Binary64(random.Uniform((ulong)k) - 0.5);
        }
        Loss();
        network.Backward(labels);
        double[] gradient = [.. network.Gradient.Select(g => g.Value)];
        Assert.Contains(gradient, g => Math.Abs(g) > 1e-3);
        double largest = 0;
        for (int k = 0; k < shape.ParameterCount; k++)
        {
            double w = network.Parameters[k].Value;
            network.Parameters[k] = new Binary64(w + Step);
            double above = Loss();
            network.Parameters[k] = new Binary64(w - Step);
            double below = Loss();
            network.Parameters[k] = new Binary64(w);
            largest = Math.Max(largest, Math.Abs((above - below) / (2 * Step) - gradient[k]));
        }
        return largest;

        double Loss()
        {
            var losses = new Binary64[batch];
            network.Forward(labels, losses, new int[batch], mlp.Dropout > 0);
            return losses.Average(loss => loss.Value);
        }
    }
}
