using Trainer.Activations;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Initializers;
using Trainer.Networks;
using Trainer.Tests.Engines;

namespace Trainer.Tests.Optimizers;

/// <summary>Every optimizer on every problem, in binary32, with a rate that falls along a line to 0.</summary>
public class ConvergenceTests
{
    private const double QuadraticTolerance = 1e-3;
    private const double RosenbrockTolerance = 2e-3;
    private const double LossTolerance = 0.01;

    /// <summary>The first rate on each problem: one that does well of 1e-4, 3e-4, 1e-3, … 3. Every entry of
    /// <see cref="OptimizerList"/> needs a row.</summary>
    private static readonly Dictionary<string, (double Quadratic, double Rosenbrock, double Network)> Rates = new()
    {
        ["adabelief"] = (0.1, 0.01, 0.03),
        ["adagrad"] = (1, 1, 0.1),
        ["adagrad with all settings"] = (1, 1, 1),
        ["adam"] = (0.1, 0.01, 0.1),
        ["adam without bias correction"] = (0.03, 0.01, 0.01),
        ["adamax"] = (0.1, 0.01, 0.1),
        ["adamw"] = (0.3, 0.003, 0.03),
        ["lion"] = (0.003, 0.001, 0.03),
        ["lion with weight decay"] = (0.03, 0.001, 0.03),
        ["nadam"] = (0.1, 0.01, 0.1),
        ["radam"] = (0.1, 0.003, 0.3),
        ["radam that rectifies soon"] = (0.01, 0.003, 0.03),
        ["rmsprop"] = (0.01, 0.001, 0.01),
        ["rmsprop centered"] = (0.01, 0.001, 0.01),
        ["rmsprop centered with momentum"] = (0.003, 0.003, 0.003),
        ["rmsprop with momentum"] = (0.003, 0.001, 0.003),
        ["sgd"] = (0.1, 0.003, 1),
        ["sgd with dampening"] = (0.1, 0.001, 0.3),
        ["sgd with momentum"] = (0.1, 0.001, 0.3),
        ["sgd with nesterov"] = (0.1, 0.001, 0.3),
    };

    public static TheoryData<string> Names() => OptimizerList.Names();

    [Fact]
    public void TheTable_HasEveryOptimizer_AndNoOther() =>
        Assert.Equal(OptimizerList.All.Select(entry => entry.Name).Order(), Rates.Keys.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Quadratic_IsLedToItsMinimum(string name)
    {
        Assert.InRange(Quadratic(name, Rates[name].Quadratic), 0, QuadraticTolerance);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void RosenbrocksValley_IsWalkedToItsEnd(string name)
    {
        Assert.InRange(Rosenbrock(name, Rates[name].Rosenbrock), 0, RosenbrockTolerance);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ASmallNetwork_LearnsItsRowsByHeart(string name)
    {
        double loss = Loss(name, Rates[name].Network);
        Assert.True(loss < LossTolerance, $"the mean loss is {loss}");
    }

    /// <summary>How far the end is from the minimum of ½·wᵀHw − bᵀw with H = [[3, 1], [1, 2]], b = (1, 2): H⁻¹b = (0, 1).</summary>
    private static double Quadratic(string name, double rate)
    {
        double[] w = Walk(name, rate, 2000, [2, -1], w => [3 * w[0] + w[1] - 1, w[0] + 2 * w[1] - 2]);
        return Math.Abs(w[0]) + Math.Abs(w[1] - 1);
    }

    /// <summary>The same of (1 − x)² + 100·(y − x²)², from (−1.2, 1) to (1, 1).</summary>
    private static double Rosenbrock(string name, double rate)
    {
        double[] w = Walk(name, rate, 20_000, [-1.2, 1], w =>
            [-2 * (1 - w[0]) - 400 * w[0] * (w[1] - w[0] * w[0]), 200 * (w[1] - w[0] * w[0])]);
        return Math.Abs(w[0] - 1) + Math.Abs(w[1] - 1);
    }

    /// <summary>The mean loss of a network with one hidden layer on the random images that it was trained on.</summary>
    private static double Loss(string name, double rate)
    {
        const int rows = 24, batch = 8, epochs = 100, steps = epochs * (rows / batch);
        SplitSet data = TestData.Splits(rows, 4, 30, 3);
        var setup = new TrainingSetup(new MlpShape(30, 16, 3), new Tanh(), OptimizerList.Find(name), data, batch);
        using IEngine engine = ReferenceEngine.Create(setup);
        float[] parameters = new float[setup.Shape.ParameterCount];
        new PytorchDefault().Fill(setup.Shape, 1, parameters);
        engine.WriteParameters(parameters);
        var results = new RowResults(rows);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            engine.Train(new EpochPlan(
                [.. Enumerable.Range(0, rows)], batch, epoch * (rows / batch), step => rate * (1 - (double)(step - 1) / steps)), .., results);
        }
        engine.Evaluate(SplitName.Train, .., results);
        return results.Losses.Average();
    }

    private static double[] Walk(string name, double rate, int steps, double[] start, Func<double[], double[]> gradient) =>
        OptimizerList.Find(name).Accept(new RuleWalk<Scalar>(
            t => rate * (1 - (double)(t - 1) / steps), (_, w) => gradient(w), start, steps))[^1].W;
}
