using Trainer.Engines;

namespace Trainer.Tests.Engines.Gpu;

/// <summary>A training of 411 rows in plans and portions of many kinds.</summary>
internal static class StepsInPortions
{
    private const int Rows = 411;

    private static readonly (int Batch, int Length, Range[] Portions)[] Plans =
    [
        (3, Rows, [(0..1), (1..2), (2..5), (5..78), (78..137)]),
        (2, Rows, [(0..71), (71..206)]),
        (3, 100, [(3..3), (3..11), (20..34)]),
        (1, 600, [(0..600)]),
    ];

    /// <summary>Everything that came of it.</summary>
    public static float[] Train(IEngine engine, TrainingSetup setup)
    {
        float[] parameters = new float[setup.Shape.ParameterCount];
        for (int k = 0; k < parameters.Length; k++)
        {
            parameters[k] = MathF.Sin(k);
        }
        engine.WriteParameters(parameters);
        var numbers = new List<float>();
        foreach ((int batch, int length, Range[] portions) in Plans)
        {
            int[] rows = [.. Enumerable.Range(0, length).Select(k => k * 7 % Rows)];
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
}
