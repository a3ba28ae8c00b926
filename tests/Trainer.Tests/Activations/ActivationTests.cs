using System.Text.Json;
using Trainer.Activations;
using Trainer.Configuration;
using Trainer.Formulas;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Tests.Activations;

/// <summary>Promise 1: every activation and its derivative are PyTorch's, at the corners too.</summary>
/// <remarks><c>scripts/pytorch_reference.py --golden-activations</c> makes the file, in binary64.</remarks>
public class ActivationTests
{
    /// <summary>Of 1, or of what is above 1: the formulas are some roundings of 6e-8 long (1.2e-7 to 4e-7 was seen), and those of
    /// derivatives that come from a, as 1 − a², lose no more than a has.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>The same equations in binary64, grouped otherwise.</summary>
    private const double ToleranceInBinary64 = 1e-14;

    private static readonly JsonElement Golden = Read();

    public static TheoryData<string> Cases() => [.. Golden.GetProperty("cases").EnumerateArray().Select(SettingsOf)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ValueAndDerivative_MatchPytorch(string settings)
    {
        JsonElement expected = Golden.GetProperty("cases").EnumerateArray().Single(one => SettingsOf(one) == settings);
        Activation activation = FromYaml(settings);
        double[] arguments = Numbers(Golden.GetProperty("arguments"));
        double[] values = Numbers(expected.GetProperty("values"));
        double[] derivatives = Numbers(expected.GetProperty("derivatives"));
        Assert.Equal(arguments.Length, values.Length);
        for (int k = 0; k < arguments.Length; k++)
        {
            (double value, double derivative) = activation.Accept(new At<Scalar>(arguments[k]));
            AssertNear(values[k], value, Tolerance, $"f({arguments[k]})");
            AssertNear(derivatives[k], derivative, Tolerance, $"f'({arguments[k]})");
            (value, derivative) = activation.Accept(new At<Binary64>(arguments[k]));
            AssertNear(values[k], value, ToleranceInBinary64, $"f({arguments[k]}) in binary64");
            AssertNear(derivatives[k], derivative, ToleranceInBinary64, $"f'({arguments[k]}) in binary64");
        }
    }

    [Fact]
    public void EveryActivation_IsComparedWithPytorch() =>
        Assert.All(ActivationList.All, activation => Assert.Contains(
            Golden.GetProperty("cases").EnumerateArray(), one => FromYaml(SettingsOf(one)) == activation));

    public static TheoryData<string> Names() => ActivationList.Names();

    [Theory]
    [MemberData(nameof(Names))]
    public void NaN_StaysNaN(string name) =>
        Assert.True(double.IsNaN(ActivationList.Find(name).Accept(new At<Scalar>(double.NaN)).Value));

    [Theory]
    [MemberData(nameof(Names))]
    public void AfterWriting_AConfiguration_IsReadBackTheSame(string name)
    {
        Experiment experiment = Config("relu");
        experiment = experiment with { Model = experiment.Model with { Activation = ActivationList.Find(name) } };
        Assert.Equal(ActivationList.Find(name), ConfigReader.ReadText<Experiment>(ConfigWriter.Write(experiment), "config.yaml").Model.Activation);
    }

    [Theory]
    [InlineData("{name: leaky_relu, negative_slope: -0.01}", "at least 0")]
    [InlineData("{name: elu, alpha: -1}", "at least 0")]
    [InlineData("{name: softplus, beta: 0}", "at least 1E-30")]
    [InlineData("{name: softplus, threshold: -1}", "at least 0")]
    [InlineData("{name: gelu, approximate: erf}", "known: none, tanh")]
    [InlineData("{name: silu, beta: 1}", "unknown key of 'silu'")]
    public void ASettingThatMakesNoSense_IsRefused(string settings, string problem) =>
        Assert.Contains(problem, Assert.ThrowsAny<Exception>(() => FromYaml(settings)).Message);

    [Fact]
    public void EveryActivation_SaysWhatItIs() => Assert.All(
        Registry.Of<Activation>().Types,
        type => Assert.Contains(type.GetCustomAttributes(false), attribute => attribute is System.ComponentModel.DescriptionAttribute));

    private static void AssertNear(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{what} = {actual:R}, not {expected:R}");

    private static Activation FromYaml(string settings) => Config(settings).Model.Activation;

    private static Experiment Config(string activation) => ConfigReader.ReadText<Experiment>(
        $"name: a\nmodel:\n  hidden: [3]\n  activation: {activation}\noptimizer: {{name: sgd, lr: 1}}\n", "config.yaml");

    /// <summary>JSON is YAML.</summary>
    private static string SettingsOf(JsonElement one) =>
        string.Join(' ', one.GetProperty("activation").GetRawText().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];

    private static JsonElement Read()
    {
        using Stream file = typeof(ActivationTests).Assembly.GetManifestResourceStream("Golden/activations.json")!;
        return JsonDocument.Parse(file).RootElement;
    }

    private sealed class At<T>(double z) : IActivationVisitor<(double Value, double Derivative)>
        where T : struct, IScalarReal<T>
    {
        public (double Value, double Derivative) Visit<TFormula>(TFormula formula)
            where TFormula : struct, IActivationFormula
        {
            T argument = T.Constant(z);
            T a = formula.Value(argument);
            return (a.ToDouble(), formula.Derivative(argument, a).ToDouble());
        }
    }
}
