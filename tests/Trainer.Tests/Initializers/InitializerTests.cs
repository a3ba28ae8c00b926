using Trainer.Configuration;
using Trainer.Failures;
using Trainer.Initializers;
using Trainer.Networks;
using Trainer.Randomness;
using Trainer.Tests.Engines;

namespace Trainer.Tests.Initializers;

public class InitializerTests
{
    private static readonly MlpShape Shape = new(300, 200, 10);

    /// <summary>Weights are rounded to binary32, 6e-8 relative: products of two columns of 300 weights of about 1/√300 then err by
    /// some 1e-8; 2.7e-8 at most was seen.</summary>
    private const double OrthogonalTolerance = 1e-7;

    /// <summary>Every initialiser, as a configuration writes it.</summary>
    public static TheoryData<string> All() => [.. GoldenRuns.Read().InitialSha256.Keys];

    public static TheoryData<string> Random() => [.. GoldenRuns.Read().InitialSha256.Keys.Where(name => name != "zeros" && !name.Contains("constant"))];

    [Theory]
    [MemberData(nameof(Random))]
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
    [InlineData("lecun_uniform", 1)]
    [InlineData("lecun_normal", 1)]
    [InlineData("{name: uniform, a: -0.3, b: 0.3}", 300 * 0.03)]
    [InlineData("{name: normal, std: 0.3}", 300 * 0.09)]
    public void Weights_HaveTheVarianceOfTheirFormula(string name, double varianceTimesFanIn)
    {
        DenseLayer layer = Shape.Layers[0];
        double[] weights = [.. Fill(name, Shape, 5).AsSpan(layer.WeightOffset, layer.WeightCount).ToArray().Select(w => (double)w)];
        double variance = weights.Average(w => w * w) * layer.Inputs;
        // Five standard errors; a normal's fourth moment is three, a uniform's 1.8 times the squared variance.
        double kurtosis = name.Contains("normal", StringComparison.Ordinal) ? 3 : 1.8;
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

    [Theory]
    [MemberData(nameof(All))]
    public void Biases_StartAtZero_UnlessTheStartIsPytorchs(string name)
    {
        float[] parameters = Fill(name, Shape, 3);
        Assert.All(Shape.Layers, layer => Assert.Equal(
            name == "pytorch", parameters[layer.BiasOffset..(layer.BiasOffset + layer.Outputs)].Any(b => b != 0)));
    }

    [Theory]
    [InlineData("{name: constant, value: -0.7}", -0.7f)]
    [InlineData("zeros", 0f)]
    public void Constant_AndZeros_AreThatNumber(string name, float value) => Assert.All(
        Shape.Layers,
        layer => Assert.All(Fill(name, Shape, 3)[layer.WeightOffset..layer.BiasOffset], weight => Assert.Equal(value, weight)));

    [Fact]
    public void Uniform_FillsFromAToB()
    {
        float[] weights = Fill("{name: uniform, a: 2, b: 5}", Shape, 3)[..Shape.Layers[0].BiasOffset];
        Assert.InRange(weights.Min(), 2, 2.001f);
        Assert.InRange(weights.Max(), 4.999f, 5);
        // Five standard errors of the mean of 60,000 numbers.
        Assert.Equal(3.5, weights.Average(w => (double)w), 5 * Math.Sqrt(9.0 / 12 / weights.Length));
    }

    [Theory]
    [InlineData(300, 200, 1)]
    [InlineData(200, 300, 1)]
    [InlineData(64, 64, 1.5)]
    [InlineData(1, 9, 1)]
    [InlineData(9, 1, 2)]
    public void Orthogonal_HasOrthogonalRowsOrColumns_OfLengthGain(int inputs, int outputs, double gain)
    {
        float[] weights = Fill(FormattableString.Invariant($"{{name: orthogonal, gain: {gain}}}"), new MlpShape(inputs, outputs), 3);
        int count = Math.Min(inputs, outputs);
        for (int j = 0; j < count; j++)
        {
            for (int k = 0; k <= j; k++)
            {
                double dot = Enumerable.Range(0, Math.Max(inputs, outputs)).Sum(i => (double)At(i, j) * At(i, k));
                Assert.Equal(j == k ? gain * gain : 0, dot, gain * gain * OrthogonalTolerance);
            }
        }

        float At(int i, int column) => outputs < inputs ? weights[column * inputs + i] : weights[i * inputs + column];
    }

    [Fact]
    public void Orthogonal_KeepsTheDirectionOfTheFirstNormalColumn()
    {
        // R's first diagonal element is positive: the first column is the normal numbers', shortened.
        MlpShape shape = new(20, 30);
        float[] q = Fill("orthogonal", shape, 3), a = Fill("{name: normal, std: 1}", shape, 3);
        double length = Math.Sqrt(Enumerable.Range(0, 30).Sum(i => (double)a[20 * i] * a[20 * i]));
        Assert.All(Enumerable.Range(0, 30), i => Assert.Equal(a[20 * i] / length, q[20 * i], OrthogonalTolerance));
    }

    [Fact]
    public void Orthogonal_EqualsPlainLoops_ToTheBit_WhateverTheWidthOfVectors()
    {
        const int rows = 23, columns = 13;
        double[] actual = [.. Enumerable.Range(0, rows * columns).Select(k => new Philox(7, RandomStream.Initialization, 0).Normal((ulong)k))];
        double[] expected = [.. actual];
        Orthonormal.Columns(actual, columns);
        for (int pass = 0; pass < 2; pass++)
        {
            for (int j = 0; j < columns; j++)
            {
                double length = Math.Sqrt(Dot(j, j));
                Each(i => expected[i * columns + j] /= length);
                for (int k = j + 1; k < columns; k++)
                {
                    double dot = Dot(j, k);
                    Each(i => expected[i * columns + k] -= expected[i * columns + j] * dot);
                }
            }
        }
        Assert.Equal(expected, actual);

        static void Each(Action<int> row) => Enumerable.Range(0, rows).ToList().ForEach(row);
        double Dot(int j, int k)
        {
            double sum = 0;
            Each(i => sum += expected[i * columns + j] * expected[i * columns + k]);
            return sum;
        }
    }

    [Theory]
    [InlineData("{name: uniform, a: 1, b: 1}", "golden(2,23): init.a: must be less than b, and 1 is not less than 1; for weights that are all alike there is 'constant'")]
    [InlineData("normal", "golden(2,1): init.std: missing; write e.g. 'init: {name: normal, std: 0.1}'")]
    [InlineData("{name: normal, std: 0}", "golden(2,22): init.std: must be at least 1E-30 and at most 1E+30, not 0")]
    [InlineData("{name: orthogonal, gain: -1}", "golden(2,26): init.gain: must be at least 1E-30 and at most 1E+30, not -1")]
    public void Init_ThatCannotBeFollowed_IsRefusedInALine(string text, string message) =>
        Assert.Equal(message, Assert.Throws<ConfigException>(() => GoldenRuns.InitializerOf(text)).Message);

    [Fact]
    public void Kaiming_IsAnotherNameForHe() => Assert.Equal(typeof(HeNormal), Registry.Of<Initializer>().Find("kaiming_normal"));

    private static float[] Fill(string name, MlpShape shape, ulong seed)
    {
        float[] parameters = new float[shape.ParameterCount];
        GoldenRuns.InitializerOf(name).Fill(shape, seed, parameters);
        return parameters;
    }
}
