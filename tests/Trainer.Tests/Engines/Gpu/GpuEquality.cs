using System.Runtime.InteropServices;
using Trainer.Activations;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Gpu;
using Trainer.Engines.Gpu.Drivers;
using Trainer.Engines.Reference;
using Trainer.Networks;
using Trainer.Optimizers;
using Trainer.Tests.Activations;
using Trainer.Tests.Optimizers;

namespace Trainer.Tests.Engines.Gpu;

/// <summary>Promise 2 on a device: trainings on it become, bit for bit, what the plain loops make of them.</summary>
/// <param name="driver">The driver.</param>
/// <param name="device">Its device.</param>
internal sealed class GpuEquality(IGpuDriver driver, int device)
{
    /// <summary>How the kernels may be arranged.</summary>
    public static IReadOnlyDictionary<string, GpuArrangement> Arrangements { get; } = new Dictionary<string, GpuArrangement>
    {
        ["as it is fastest"] = default,
        ["small tiles"] = new GpuArrangement(GpuTiling.Small),
        ["small tiles, layer by layer"] = new GpuArrangement(GpuTiling.Small, RowsPass: false),
        ["large tiles, layer by layer"] = new GpuArrangement(GpuTiling.Large, RowsPass: false),
    };

    /// <summary>All activations in all arrangements, and all optimizers, whose kernels are the same in all of them, in one.</summary>
    public static TheoryData<int, int, string> Formulas() => Data(FormulaList());

    /// <summary>Of <see cref="Formulas"/> one of each way through the kernels, for devices that compile each for long: the rectifier
    /// in all arrangements; a rule for each number of states; an activation with constants.</summary>
    public static TheoryData<int, int, string> FormulaSample()
    {
        int relu = ActivationList.IndexOf(new Relu());
        int constants = ActivationList.All.Index().First(entry => Of(entry.Item, new Sgd { Lr = 0.1 }).ActivationConstants(0).Count > 0).Index;
        HashSet<int> rules = [.. OptimizerList.All.Index().DistinctBy(entry => Of(new Relu(), entry.Item.Optimizer).StateCount).Select(entry => entry.Index)];
        return Data(FormulaList().Where(
            formula => (formula.Activation == relu && rules.Contains(formula.Optimizer))
                || (formula.Activation == constants && formula.Arrangement == Arrangements.Keys.First())));
    }

    /// <summary><see cref="Formulas"/>, without the test framework's types.</summary>
    public static IEnumerable<(int Optimizer, int Activation, string Arrangement)> FormulaList()
    {
        var done = new HashSet<int>();
        foreach ((int optimizer, int activation) in ActivationList.WithOptimizers(OptimizerList.All.Count))
        {
            foreach (string arrangement in done.Add(activation) ? Arrangements.Keys : Arrangements.Keys.Take(1))
            {
                yield return (optimizer, activation, arrangement);
            }
        }
    }

    /// <summary>Inputs, batch, outputs and hidden layers that fill no tile, or just one.</summary>
    public static TheoryData<int, int, int, string> Shapes() => new()
    {
        { 1, 7, 3, "1" },
        { 5, 1, 2, "33" },
        { 13, 5, 10, "64,1,64" },
        { 49, 64, 10, "" },
        { 784, 64, 10, "128,64" },
        { 784, 130, 10, "128,64,64" },
        { 63, 17, 300, "65,129" },
    };

    /// <summary>The names of all <see cref="EdgeStart"/>s.</summary>
    public static TheoryData<string> Starts() => [.. EdgeStart.All.Select(start => start.Name)];

    /// <summary>One of <see cref="Formulas"/>. 50 rows in batches of 16: the last batch has 2.</summary>
    public void Formula(int optimizer, int activation, string arrangement)
    {
        TrainingSetup setup = Setup([37, 33, 17, 10], 50, 16, OptimizerList.All[optimizer].Optimizer, ActivationList.All[activation]);
        AssertSame(setup, Arrangements[arrangement]);
    }

    /// <summary>One of <see cref="Shapes"/>.</summary>
    public void Shape(int inputs, int batch, int outputs, string hidden)
    {
        int[] sizes = [inputs, .. hidden.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse), outputs];
        TrainingSetup setup = Setup(sizes, 130, batch, OptimizerList.Find("sgd with momentum"), new Sigmoid());
        foreach (GpuArrangement arrangement in Arrangements.Values)
        {
            AssertSame(setup, arrangement);
        }
    }

    /// <summary>Trainings from one of <see cref="Starts"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="trials">How many.</param>
    /// <param name="mostProducts">Rows times parameters of a training.</param>
    public void Edge(string name, int trials, long mostProducts)
    {
        int number = EdgeStart.All.ToList().FindIndex(start => start.Name == name);
        EdgeStart start = EdgeStart.All[number];
        var draw = new EdgeDraw((ulong)number + 100, mostProducts);
        for (int trial = 0; trial < trials; trial++)
        {
            TrainingSetup setup = draw.Setup(start, trial);
            var edge = new EdgeTrial(setup, start, (ulong)trial);
            using IEngine reference = ReferenceEngine.Create(setup);
            using IEngine gpu = Create(setup, Arrangements.ElementAt(trial % Arrangements.Count).Value);
            string? difference = edge.Run(reference).FirstDifference(edge.Run(gpu));
            Assert.True(difference is null,
                $"{difference} ({setup.Network} {setup.Optimizer}, {setup.Data.Train.Count} rows in batches of {setup.BatchSize})");
        }
    }

    /// <summary>Two of all <see cref="FeatureList.Names"/>, which between them have all there is, from one of
    /// <see cref="Starts"/>.</summary>
    public void EdgeWithFeatures(string name)
    {
        EdgeStart start = EdgeStart.All.Single(start => start.Name == name);
        foreach ((int trial, string feature) in ((string[])["all but normalisation", "all but average"]).Index())
        {
            var network = new Mlp(new MlpShape(37, 33, 17, 10), new Sigmoid());
            SplitSet data = start.Images[trial % start.Images.Length].Make(50, 70, 37, 10, 1);
            TrainingSetup setup = FeatureList.With(feature, new TrainingSetup(network, OptimizerList.Find("sgd with momentum") with { Lr = start.Lr }, data, 16));
            var edge = new EdgeTrial(setup, start, (ulong)trial);
            using IEngine reference = ReferenceEngine.Create(setup);
            using IEngine gpu = Create(setup, default);
            string? difference = edge.Run(reference).FirstDifference(edge.Run(gpu));
            Assert.True(difference is null, $"{difference} ({feature})");
        }
    }

    /// <summary>A training with one of <see cref="FeatureList.Names"/>, and a gradient behind it.</summary>
    /// <param name="feature">Its name.</param>
    /// <param name="optimizer">Name of one of <see cref="OptimizerList"/>; null for that of the features' list.</param>
    public void Feature(string feature, string? optimizer = null)
    {
        (int[] Hidden, GpuArrangement Arrangement)[] trials =
        [
            // Prepared inputs of one step at a time.
            ([33, 17], new GpuArrangement(PreparedNumbers: 16 * 37)),
            ([70, 9, 40], Arrangements["large tiles, layer by layer"]),
            ([], default),
        ];
        foreach ((int[] hidden, GpuArrangement arrangement) in trials)
        {
            TrainingSetup setup = FeatureList.Setup(feature, hidden);
            setup = optimizer is null ? setup : setup with { Optimizer = OptimizerList.Find(optimizer) };
            using IEngine reference = ReferenceEngine.Create(setup);
            using IEngine gpu = Create(setup, arrangement);
            bool prepared = FeatureList.IsPrepared(feature);
            Assert.Equal(TrainingTrial.Run(reference, setup, prepared: prepared), TrainingTrial.Run(gpu, setup, prepared: prepared));
            Assert.Equal(Gradient(reference, setup), Gradient(gpu, setup));
            // The gradient left nothing behind, and inputs need not come prepared every time.
            Assert.Equal(TrainingTrial.Run(reference, setup), TrainingTrial.Run(gpu, setup));
        }
    }

    /// <summary>Norms of more weights, and of more units, than the kernels take at a time.</summary>
    public void WideNorms()
    {
        TrainingSetup setup = Setup([1100, 600, 10], 50, 16, OptimizerList.Find("sgd with momentum"), new Sigmoid());
        AssertSame(FeatureList.With("norm of a normalised network", setup), default, epochs: 1);
    }

    /// <summary>All that an engine keeps goes from one to another, which goes on as the first does.</summary>
    public void OutAndBack(string feature)
    {
        TrainingSetup setup = FeatureList.Setup(feature, 33, 17);
        using IEngine reference = ReferenceEngine.Create(setup);
        using IEngine gpu = Create(setup, default);
        TrainingTrial.Run(reference, setup);
        EngineState.Copy(reference, gpu, setup);
        Assert.Equal(GoOn(reference, setup), GoOn(gpu, setup));
        EngineState.Copy(gpu, reference, setup);
        Assert.Equal(GoOn(reference, setup), GoOn(gpu, setup));
    }

    /// <summary>More steps than a sequence has, ranges that begin and end anywhere, plans of other batch sizes and lengths.</summary>
    /// <param name="withFeatures">Whether with all but normalisation, and the batches themselves in portions.</param>
    public void Portions(bool withFeatures = false)
    {
        TrainingSetup setup = Setup([12, 9, 10], 411, 3, OptimizerList.Find("adam"), new Sigmoid());
        setup = withFeatures ? FeatureList.With("all but normalisation", setup) with { MicroBatch = 2 } : setup;
        using IEngine reference = ReferenceEngine.Create(setup);
        using IEngine gpu = Create(setup, default);
        Assert.Equal(StepsInPortions.Train(reference, setup), StepsInPortions.Train(gpu, setup));
    }

    /// <summary>An epoch over real images, the first <paramref name="count"/> of them.</summary>
    public void RealImages(DataSet images, int count)
    {
        int[] rows = [.. Enumerable.Range(0, count)];
        var data = new SplitSet(new Split(images.Train, rows), null, new Split(images.Test, rows[..(count / 4)]));
        var setup = new TrainingSetup(new MlpShape(784, 128, 64, 10), new Relu(), new Sgd { Lr = 0.1 }, data, 64);
        AssertSame(setup, default, epochs: 1);
    }

    /// <summary>Networks side by side.</summary>
    public void SideBySide(bool rowsPass) => Gpu.SideBySide.Train(driver, device, rowsPass, withFeatures: false);

    /// <summary>Networks side by side whose features differ in every number.</summary>
    public void SideBySideWithFeatures() => Gpu.SideBySide.Train(driver, device, rowsPass: true, withFeatures: true);

    private static TheoryData<int, int, string> Data(IEnumerable<(int Optimizer, int Activation, string Arrangement)> formulas)
    {
        var data = new TheoryData<int, int, string>();
        foreach ((int optimizer, int activation, string arrangement) in formulas)
        {
            data.Add(optimizer, activation, arrangement);
        }
        return data;
    }

    private static GpuFormulas Of(Activation activation, Optimizer optimizer) => new(Setup([3, 2, 2], 2, 1, optimizer, activation));

    private static int[] Gradient(IEngine engine, TrainingSetup setup)
    {
        float[] gradient = new float[setup.Shape.ParameterCount];
        float loss = (float)engine.Gradient([3, 49, 7, 7, 20], gradient);
        return [.. MemoryMarshal.Cast<float, int>([.. gradient, loss])];
    }

    private static int[] GoOn(IEngine engine, TrainingSetup setup)
    {
        int rows = setup.Data.Train.Count;
        var results = new RowResults(rows);
        engine.Train(new EpochPlan([.. Enumerable.Range(0, rows)], setup.BatchSize, 1L << 32, _ => 0.02), .., results);
        var measured = new RowResults(setup.Data.Test.Count);
        engine.Evaluate(SplitName.Test, .., measured);
        return [.. MemoryMarshal.Cast<float, int>(results.Losses), .. MemoryMarshal.Cast<float, int>(measured.Losses)];
    }

    private void AssertSame(TrainingSetup setup, GpuArrangement arrangement, int epochs = 2)
    {
        using IEngine reference = ReferenceEngine.Create(setup);
        using IEngine gpu = Create(setup, arrangement);
        Assert.Equal(TrainingTrial.Run(reference, setup, epochs), TrainingTrial.Run(gpu, setup, epochs));
    }

    private IEngine Create(TrainingSetup setup, GpuArrangement arrangement) => GpuEngine.CreateUntried(setup, driver, device, arrangement);

    private static TrainingSetup Setup(int[] sizes, int rows, int batch, Optimizer optimizer, Activation activation)
    {
        SplitSet data = TestData.Splits(rows, 23, sizes[0], sizes[^1]);
        return new TrainingSetup(new MlpShape(sizes), activation, optimizer, data, batch);
    }
}
