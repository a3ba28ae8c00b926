using Trainer.Configuration;
using Trainer.Initializers;
using Trainer.Networks;

namespace Trainer.Tests.Initializers;

public class InitializerTests
{
    private static readonly MlpShape Shape = new(300, 200, 10);

    public static TheoryData<string> Names() => [.. Registry.Of<Initializer>().Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Fill_DependsOnTheSeed_AndOnEachTensorAlone(string name)
    {
        float[] first = Fill(name, Shape, 1);
        Assert.Equal(first, Fill(name, Shape, 1));
        Assert.NotEqual(first, Fill(name, Shape, 2));
        // The second layer starts the same whatever the first one's width would have drawn before it.
        float[] other = Fill(name, new MlpShape(7, 200, 10), 1);
        Assert.Equal(first[Shape.Layers[1].WeightOffset..], other[new MlpShape(7, 200, 10).Layers[1].WeightOffset..]);
    }

    [Theory]
    [InlineData("pytorch", 1.0 / 3)]
    [InlineData("xavier_uniform", 300 * 2.0 / 500)]
    [InlineData("xavier_normal", 300 * 2.0 / 500)]
    [InlineData("he_uniform", 2)]
    [InlineData("he_normal", 2)]
    public void Weights_HaveTheVarianceOfTheirFormula(string name, double varianceTimesFanIn)
    {
        DenseLayer layer = Shape.Layers[0];
        double[] weights = [.. Fill(name, Shape, 5).AsSpan(layer.WeightOffset, layer.WeightCount).ToArray().Select(w => (double)w)];
        double variance = weights.Average(w => w * w) * layer.Inputs;
        // Five standard errors; a normal's fourth moment is three, a uniform's 1.8 times the squared variance.
        double kurtosis = name.EndsWith("normal", StringComparison.Ordinal) ? 3 : 1.8;
        Assert.Equal(varianceTimesFanIn, variance, 5 * varianceTimesFanIn * Math.Sqrt((kurtosis - 1) / weights.Length));
        Assert.Equal(0, weights.Average(), 5 * Math.Sqrt(varianceTimesFanIn / layer.Inputs / weights.Length));
    }

    [Fact]
    public void PytorchDefault_StaysInsideItsBound_WeightsAndBiases()
    {
        float[] parameters = Fill("pytorch", Shape, 3);
        foreach (DenseLayer layer in Shape.Layers)
        {
            float bound = (float)(1 / Math.Sqrt(layer.Inputs));
            Assert.All(parameters[layer.WeightOffset..(layer.BiasOffset + layer.Outputs)], w => Assert.InRange(w, -bound, bound));
            Assert.Contains(parameters[layer.BiasOffset..(layer.BiasOffset + layer.Outputs)], b => b != 0);
        }
    }

    [Fact]
    public void Xavier_And_He_StartBiasesAtZero()
    {
        foreach (string name in Registry.Of<Initializer>().Names.Where(name => name != "pytorch"))
        {
            float[] parameters = Fill(name, Shape, 3);
            Assert.All(Shape.Layers, layer => Assert.All(parameters[layer.BiasOffset..(layer.BiasOffset + layer.Outputs)], b => Assert.Equal(0f, b)));
        }
    }

    [Fact]
    public void Kaiming_IsAnotherNameForHe() => Assert.Equal(typeof(HeNormal), Registry.Of<Initializer>().Find("kaiming_normal"));

    private static float[] Fill(string name, MlpShape shape, ulong seed)
    {
        float[] parameters = new float[shape.ParameterCount];
        ((Initializer)Activator.CreateInstance(Registry.Of<Initializer>().Find(name)!)!).Fill(shape, seed, parameters);
        return parameters;
    }
}
