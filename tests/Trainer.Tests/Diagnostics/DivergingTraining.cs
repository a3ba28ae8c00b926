using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Reference;

namespace Trainer.Tests.Diagnostics;

/// <summary>A training with far too large a learning rate, step by step, up to the step that meets a loss which is no number.</summary>
/// <param name="setup">What is trained.</param>
internal sealed class DivergingTraining(TrainingSetup setup)
{
    private const int MostSteps = 200;
    private readonly List<float[]> _before = [];

    /// <summary>The number of the step that met the loss, from 1.</summary>
    public int Step { get; private set; }

    /// <summary>The parameters before the step <paramref name="number"/>.</summary>
    public float[] Before(int number) => _before[number - 1];

    /// <summary>The rows of a step.</summary>
    public int[] Rows(int number) => [.. Enumerable.Range(0, setup.BatchSize).Select(b => (((number - 1) * setup.BatchSize) + b) % setup.Data.Train.Count)];

    /// <summary>The inputs of a step.</summary>
    public float[] Inputs(int number) => InputsOf(setup.Data.Train, Rows(number));

    /// <summary>The labels of a step.</summary>
    public byte[] Labels(int number) => [.. Rows(number).Select(setup.Data.Train.Label)];

    /// <summary>Trains.</summary>
    /// <param name="start">The first parameters.</param>
    /// <param name="lr">The learning rate.</param>
    public void Run(float[] start, double lr)
    {
        using IEngine engine = ReferenceEngine.Create(setup);
        engine.WriteParameters(start);
        for (int number = 1; number <= MostSteps; number++)
        {
            float[] before = new float[start.Length];
            engine.ReadParameters(before);
            _before.Add(before);
            var results = new RowResults(setup.BatchSize);
            engine.Train(new EpochPlan(Rows(number), setup.BatchSize, number - 1, _ => lr), 0..1, results, CancellationToken.None);
            if (results.Losses.Any(loss => !float.IsFinite(loss)))
            {
                Step = number;
                return;
            }
        }
        Assert.Fail($"still finite after {MostSteps} steps");
    }

    /// <summary>Rows of a split as the network sees them.</summary>
    public static float[] InputsOf(Split split, int[] rows) => [.. rows.SelectMany(row => split.Pixels(row).ToArray()).Select(pixel => pixel / 255f)];
}
