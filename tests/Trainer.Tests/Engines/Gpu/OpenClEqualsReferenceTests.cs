using Trainer.Activations;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Gpu;
using Trainer.Engines.Reference;
using Trainer.Networks;
using Trainer.Optimizers;

namespace Trainer.Tests.Engines.Gpu;

/// <summary>Promise 2 on a device: the kernels under OpenCL give the bits of the plain loops.</summary>
public class OpenClEqualsReferenceTests
{
    private const int TrialsPerStart = 8;

    // Products in one pass over the rows: the plain loops make about 10⁹ a second.
    private const long MostProducts = 16_000_000;

    private static readonly Optimizer[] Optimizers =
    [
        new Sgd { Lr = 0.1 },
        new Sgd { Lr = 0.05, Momentum = 0.9 },
        new Sgd { Lr = 0.05, Momentum = 0.9, Nesterov = true },
        new Adam { Lr = 1e-3 },
    ];

    private static readonly Activation[] Activations = [new Relu(), new Sigmoid()];

    private static readonly Dictionary<string, GpuArrangement> Arrangements = new()
    {
        ["as it is fastest"] = default,
        ["small tiles"] = new GpuArrangement(GpuTiling.Small),
        ["small tiles, layer by layer"] = new GpuArrangement(GpuTiling.Small, RowsPass: false),
        ["large tiles, layer by layer"] = new GpuArrangement(GpuTiling.Large, RowsPass: false),
    };

    public static TheoryData<int, int, string> Combinations()
    {
        var data = new TheoryData<int, int, string>();
        for (int optimizer = 0; optimizer < Optimizers.Length; optimizer++)
        {
            for (int activation = 0; activation < Activations.Length; activation++)
            {
                foreach (string arrangement in Arrangements.Keys)
                {
                    data.Add(optimizer, activation, arrangement);
                }
            }
        }
        return data;
    }

    public static TheoryData<string> Starts() => [.. EdgeStart.All.Select(start => start.Name)];

    [TheoryNeedingOpenCl]
    [MemberData(nameof(Combinations))]
    public void EveryFormula_ToTheBit(int optimizer, int activation, string arrangement)
    {
        // 50 rows in batches of 16: the last batch has 2.
        TrainingSetup setup = Setup([37, 33, 17, 10], 50, 16, Optimizers[optimizer], Activations[activation]);
        AssertSame(setup, Arrangements[arrangement]);
    }

    [TheoryNeedingOpenCl]
    [InlineData(1, 7, 3, "1")]
    [InlineData(5, 1, 2, "33")]
    [InlineData(13, 5, 10, "64,1,64")]
    [InlineData(49, 64, 10, "")]
    [InlineData(784, 64, 10, "128,64")]
    [InlineData(784, 130, 10, "128,64,64")]
    [InlineData(63, 17, 300, "65,129")]
    public void OddShapes_ToTheBit(int inputs, int batch, int outputs, string hidden)
    {
        int[] sizes = [inputs, .. hidden.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse), outputs];
        TrainingSetup setup = Setup(sizes, 130, batch, Optimizers[1], Activations[1]);
        foreach (GpuArrangement arrangement in Arrangements.Values)
        {
            AssertSame(setup, arrangement);
        }
    }

    [TheoryNeedingOpenCl]
    [MemberData(nameof(Starts))]
    public void TheEdgesOfBinary32_From(string name)
    {
        int number = EdgeStart.All.ToList().FindIndex(start => start.Name == name);
        EdgeStart start = EdgeStart.All[number];
        var draw = new EdgeDraw((ulong)number + 100, MostProducts);
        for (int trial = 0; trial < TrialsPerStart; trial++)
        {
            TrainingSetup setup = draw.Setup(start, trial);
            var edge = new EdgeTrial(setup, start, (ulong)trial);
            using IEngine reference = ReferenceEngine.Create(setup);
            using IEngine gpu = OpenCl(setup, Arrangements.ElementAt(trial % Arrangements.Count).Value);
            string? difference = edge.Run(reference).FirstDifference(edge.Run(gpu));
            Assert.True(difference is null,
                $"{difference} ({setup.Shape} {setup.Activation} {setup.Optimizer}, {setup.Data.Train.Count} rows in batches of {setup.BatchSize})");
        }
    }

    /// <summary>More steps than a sequence has, ranges that begin and end anywhere, plans of other batch sizes and lengths.</summary>
    [FactNeedingOpenCl]
    public void StepsInAnyPortions_ToTheBit()
    {
        TrainingSetup setup = Setup([12, 9, 10], 411, 3, Optimizers[3], Activations[1]);
        using IEngine reference = ReferenceEngine.Create(setup);
        using IEngine gpu = OpenCl(setup, default);
        Assert.Equal(InPortions(reference, setup), InPortions(gpu, setup));
    }

    private static float[] InPortions(IEngine engine, TrainingSetup setup)
    {
        float[] parameters = new float[setup.Shape.ParameterCount];
        for (int k = 0; k < parameters.Length; k++)
        {
            parameters[k] = MathF.Sin(k);
        }
        engine.WriteParameters(parameters);
        int[] order = [.. Enumerable.Range(0, 411).Select(row => row * 7 % 411)];
        var numbers = new List<float>();
        (int, int, Range[])[] plans =
            [
                (3, 411, [(0..1), (1..2), (2..5), (5..78), (78..137)]),
                (2, 411, [(0..71), (71..206)]),
                (3, 100, [(3..3), (3..11), (20..34)]),
                (1, 600, [(0..600)]),
            ];
        foreach ((int batch, int length, Range[] portions) in plans)
        {
            int[] rows = [.. Enumerable.Range(0, length).Select(k => order[k % 411])];
            var plan = new EpochPlan(rows, batch, 17, step => 0.001 / step);
            var results = new RowResults(length);
            foreach (Range portion in portions)
            {
                engine.Train(plan, portion, results);
            }
            numbers.AddRange(results.Losses);
            numbers.AddRange(results.Predictions.Select(prediction => (float)prediction));
        }
        engine.ReadParameters(parameters);
        numbers.AddRange(parameters);
        return [.. numbers];
    }

    private static void AssertSame(TrainingSetup setup, GpuArrangement arrangement)
    {
        using IEngine reference = ReferenceEngine.Create(setup);
        using IEngine gpu = OpenCl(setup, arrangement);
        Assert.Equal(TrainingTrial.Run(reference, setup), TrainingTrial.Run(gpu, setup));
    }

    private static IEngine OpenCl(TrainingSetup setup, GpuArrangement arrangement) =>
        GpuEngine.Create(setup, GpuEngine.DriverOf(GpuApi.OpenCl), OpenClDevices.Device!.Index, arrangement);

    private static TrainingSetup Setup(int[] sizes, int rows, int batch, Optimizer optimizer, Activation activation)
    {
        SplitSet data = TestData.Splits(rows, 23, sizes[0], sizes[^1]);
        return new TrainingSetup(new MlpShape(sizes), activation, optimizer, data, batch);
    }
}
