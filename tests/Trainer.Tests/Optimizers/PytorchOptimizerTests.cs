using System.Text.Json;
using Trainer.Configuration;
using Trainer.Formulas;
using Trainer.Optimizers;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Tests.Optimizers;

/// <summary>Promise 1: every update rule that PyTorch has is PyTorch's, with every setting, step by step.</summary>
/// <remarks><c>scripts/pytorch_reference.py --golden-optimizers</c> makes the file, in binary32, with a rate that changes every step.</remarks>
public class PytorchOptimizerTests
{
    /// <summary>Relative: both sides round to binary32, at other places, in each of 50 steps.</summary>
    private const double Tolerance = 1e-5;

    private static readonly JsonElement Golden = Read();

    public static TheoryData<string> Cases() => [.. Golden.GetProperty("cases").EnumerateArray().Select(SettingsOf)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void EveryStep_IsPytorchs(string settings)
    {
        JsonElement expected = Golden.GetProperty("cases").EnumerateArray().Single(one => SettingsOf(one) == settings).GetProperty("path");
        Optimizer optimizer = FromYaml(settings);
        double[] factors = Numbers(Golden.GetProperty("rate_factors"));
        double[][] gradients = [.. Golden.GetProperty("gradients").EnumerateArray().Select(Numbers)];
        double[] start = Numbers(Golden.GetProperty("start"));
        RuleWalk<Scalar>.Stop[] stops = optimizer.Accept(new RuleWalk<Scalar>(
            t => optimizer.Lr * factors[t - 1], (t, _) => gradients[t - 1], start, gradients.Length));
        Assert.Equal(gradients.Length, expected.GetArrayLength());
        for (int t = 1; t <= gradients.Length; t++)
        {
            double[] w = Numbers(expected[t - 1]);
            for (int k = 0; k < start.Length; k++)
            {
                double error = Math.Abs(stops[t].W[k] - w[k]) / Math.Max(Math.Abs(w[k]), Math.Abs(start[k]));
                Assert.True(error <= Tolerance, $"step {t}: w[{k}] = {stops[t].W[k]:R}, not {w[k]:R}: {error:e1} off");
            }
            Assert.NotEqual(start, stops[t].W);
        }
    }

    [Fact]
    public void EveryOptimizer_IsCompared_ButForThoseThatPytorchHasNot()
    {
        IEnumerable<Type> compared = Golden.GetProperty("cases").EnumerateArray().Select(one => FromYaml(SettingsOf(one)).GetType()).Distinct();
        Assert.Equal(
            Registry.Of<Optimizer>().Types.ToHashSet(), compared.Concat([typeof(AdaBelief), typeof(Lion)]).ToHashSet());
    }

    private static Optimizer FromYaml(string settings) => ConfigReader.ReadText<Experiment>(
        $"name: a\nmodel: {{hidden: []}}\noptimizer: {settings}\n", "config.yaml").Optimizer.ForEngine();

    /// <summary>JSON is YAML.</summary>
    private static string SettingsOf(JsonElement one) =>
        string.Join(' ', one.GetProperty("optimizer").GetRawText().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];

    private static JsonElement Read()
    {
        using Stream file = typeof(PytorchOptimizerTests).Assembly.GetManifestResourceStream("Golden/optimizers.json")!;
        return JsonDocument.Parse(file).RootElement;
    }
}
