using Trainer.Engines;
using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Networks;
using Trainer.Randomness;
using Trainer.Regularizers;

namespace Trainer.Tests.Engines;

public class NaiveNetworkTests
{
    private const int Rows = 5;

    [Theory]
    [MemberData(nameof(FeatureList.Names), MemberType = typeof(FeatureList))]
    public void ForwardFromAUnit_GivesTheBitsOfAWholePass(string feature)
    {
        TrainingSetup setup = FeatureList.Setup(feature, 9, 7);
        byte[] labels = [.. Enumerable.Range(0, Rows).Select(setup.Data.Train.Label)];
        foreach (DenseLayer layer in setup.Shape.Layers)
        {
            int unit = layer.Outputs / 2;
            NaiveNetwork<Binary64> network = Network(setup);
            Binary64[] before = Pass(network, labels, setup);
            Change(network, layer, unit);
            var losses = new Binary64[Rows];
            network.ForwardFrom(layer, unit, labels, losses, new int[Rows]);
            NaiveNetwork<Binary64> whole = Network(setup);
            Change(whole, layer, unit);
            Assert.Equal(Pass(whole, labels, setup), losses);
            Assert.NotEqual(before, losses);
        }
    }

    private static void Change(NaiveNetwork<Binary64> network, DenseLayer layer, int unit)
    {
        foreach (ParameterGroup group in layer.Groups)
        {
            int width = group.Count / layer.Outputs;
            foreach (ref Binary64 value in network.Parameters.AsSpan(group.Offset + (unit * width), width))
            {
                value += new Binary64(0.25);
            }
        }
    }

    private static Binary64[] Pass(NaiveNetwork<Binary64> network, byte[] labels, TrainingSetup setup)
    {
        var losses = new Binary64[Rows];
        network.Forward(labels, losses, new int[Rows], setup.Network.Dropout > 0);
        return losses;
    }

    private static NaiveNetwork<Binary64> Network(TrainingSetup setup)
    {
        var network = new NaiveNetwork<Binary64>(setup.Network, Rows);
        if (setup.Network.Dropout > 0)
        {
            network.DrawMasks(new DropoutMask(setup.Shape, setup.Network.Dropout, 5), 1, Rows);
        }
        var random = new Philox(11, RandomStream.Initialization, 0);
        for (int k = 0; k < network.Parameters.Length; k++)
        {
            network.Parameters[k] = new Binary64(random.Uniform((ulong)k) - 0.5);
        }
        for (int b = 0; b < Rows; b++)
        {
            network.SetInput(b, setup.Data.Train.Pixels(b));
        }
        return network;
    }
}
