using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Trainer.Configuration;
using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Engines.Reference;
using Trainer.Initializers;
using Trainer.Networks;
using Trainer.Optimizers;
using Trainer.Randomness;

namespace Trainer.Tests.Engines;

/// <summary>Promise 1, on machines without PyTorch: the library's own figures, kept in a file.</summary>
/// <remarks><c>scripts/pytorch_reference.py --golden</c> makes the file; with a run folder it compares real runs.</remarks>
public class PytorchGoldenTests
{
    /// <summary>Both sides compute in binary32 and add in different orders, so elements below 1 differ by a few roundings
    /// of 6e-8; 8e-8 at most was seen.</summary>
    private const double GradientTolerance = 1e-6;

    /// <summary>Relative; a step carries on the roundings of all steps before it. After 50 steps 2e-7 at most was seen, the
    /// slips that this must tell from roundings (Nesterov's formula, where Adam adds ε) make more than 1e-2.</summary>
    private const double LossTolerance = 1e-4;

    private static readonly GoldenRuns Golden = GoldenRuns.Read();

    public static TheoryData<string, int> Networks()
    {
        var data = new TheoryData<string, int>();
        for (int network = 0; network < Golden.Networks.Count; network++)
        {
            data.Add("reference", network);
            data.Add("cpu", network);
        }
        return data;
    }

    public static TheoryData<string, int, int> Runs()
    {
        var data = new TheoryData<string, int, int>();
        for (int network = 0; network < Golden.Networks.Count; network++)
        {
            for (int run = 0; run < Golden.Networks[network].Runs.Count; run++)
            {
                data.Add("reference", network, run);
                data.Add("cpu", network, run);
            }
        }
        return data;
    }

    public static TheoryData<string> Initializers() => [.. Golden.InitialSha256.Keys];

    [Theory]
    [MemberData(nameof(Initializers))]
    public void Initializer_EqualsTheScript_ToTheBit(string init) =>
        Assert.Equal(Golden.InitialSha256[init], Sha256(Initial(Golden.Shape([17]), init)));

    [Fact]
    public void Initializers_OfTheScript_AreAllThereAre() => Assert.Equal(
        Registry.Of<Initializer>().Types.ToHashSet(),
        Golden.InitialSha256.Keys.Select(text => GoldenRuns.InitializerOf(text).GetType()).ToHashSet());

    [Theory]
    [MemberData(nameof(Networks))]
    public void Gradient_MatchesPytorch(string engineName, int networkIndex)
    {
        GoldenRuns.Network network = Golden.Networks[networkIndex];
        TrainingSetup setup = Golden.Setup(network, new Sgd { Lr = 1 });
        float[] initial = Initial(setup.Shape, network.Init);
        Assert.Equal(network.InitialSha256, Sha256(initial));
        using IEngine engine = Engine(engineName, setup);
        engine.WriteParameters(initial);
        float[] gradient = new float[setup.Shape.ParameterCount];
        double loss = engine.Gradient(Plan(setup, 1).Batch(0), gradient);
        Assert.InRange(RelativeError(loss, network.Runs[0].Losses[0]), 0, LossTolerance);
        Assert.Equal(network.Gradient.Length, gradient.Length);
        Assert.InRange(gradient.Zip(network.Gradient, (a, b) => (double)Math.Abs(a - b)).Max(), 0, GradientTolerance);
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void StepLosses_MatchPytorch_OverSeveralEpochsWithAShortLastBatch(string engineName, int networkIndex, int runIndex)
    {
        GoldenRuns.Network network = Golden.Networks[networkIndex];
        GoldenRuns.Learning expected = network.Runs[runIndex];
        TrainingSetup setup = Golden.Setup(network, expected.Optimizer.Create());
        using IEngine engine = Engine(engineName, setup);
        engine.WriteParameters(Initial(setup.Shape, network.Init));
        double[] losses = [.. Enumerable.Range(1, Golden.Epochs).SelectMany(epoch => Train(engine, setup, epoch))];
        Assert.NotEqual(0, Golden.Labels.Length % Golden.BatchSize);
        Assert.Equal(expected.Losses.Length, losses.Length);
        Assert.InRange(losses.Zip(expected.Losses, RelativeError).Max(), 0, LossTolerance);
    }

    private static IEngine Engine(string name, TrainingSetup setup) =>
        name == "cpu" ? CpuEngine.CreateWithAllThreads(setup, 2) : ReferenceEngine.Create(setup);

    /// <summary>One epoch; the mean loss of each step.</summary>
    private static double[] Train(IEngine engine, TrainingSetup setup, int epoch)
    {
        EpochPlan plan = Plan(setup, epoch);
        var results = new RowResults(plan.Order.Length);
        engine.Train(plan, .., results);
        return [.. results.Losses.Chunk(plan.BatchSize).Select(batch => batch.Average(loss => (double)loss))];
    }

    private static EpochPlan Plan(TrainingSetup setup, int epoch)
    {
        int[] order = new int[setup.Data.Train.Count];
        new Philox(Golden.Seed, RandomStream.Shuffle, (uint)epoch).Permutation(order);
        long steps = (order.Length + setup.BatchSize - 1) / setup.BatchSize;
        return new EpochPlan(order, setup.BatchSize, (epoch - 1) * steps, _ => setup.Optimizer.Lr);
    }

    private static float[] Initial(MlpShape shape, string init)
    {
        float[] parameters = new float[shape.ParameterCount];
        GoldenRuns.InitializerOf(init).Fill(shape, Golden.Seed, parameters);
        return parameters;
    }

    private static string Sha256(float[] numbers) =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<float>(numbers)));

    private static double RelativeError(double actual, double expected) => Math.Abs(actual - expected) / Math.Abs(expected);
}
