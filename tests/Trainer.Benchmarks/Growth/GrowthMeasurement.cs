using System.Diagnostics;
using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Contestants;
using Trainer.Benchmarks.Kernels;
using Trainer.Benchmarks.Machine;
using Trainer.Benchmarks.Racing;
using Trainer.Data;
using Trainer.Engines;

namespace Trainer.Benchmarks.Growth;

/// <summary>Measures one place of a sweep: slices of epochs, each long enough for the clock.</summary>
internal static class GrowthMeasurement
{
    private const int Slices = 7;
    private const double Microsecond = 1e6;

    private static readonly TimeSpan Aim = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(200);

    /// <summary>Measures.</summary>
    public static GrowthRow Of(Sweep sweep, SweepPoint point)
    {
        DataSet data = RandomImages.Of(point.Rows);
        // Random labels teach nothing; with a small rate nothing grows while it tries.
        TrainingCase training = point.Training with { Optimizer = new("sgd", 1e-4) };
        using var trial = new EngineTrial(training.ToExperiment(), data, point.Threads);
        int batch = Math.Min(training.BatchSize, point.Rows);
        double peak = Peak(point.Threads);
        double[] perRow = [.. Seconds(trial, batch).Select(seconds => seconds * Microsecond)];
        Spread spread = Spread.Of(perRow)!;
        int[] sizes = [data.Train.PixelsPerImage, .. training.Hidden, data.ClassNames.Count];
        double atPeak = Work.Training(sizes, 1) / Math.Max(peak, Peak(point.Threads)) * Microsecond;
        return new GrowthRow
        {
            Sweep = sweep.Name,
            X = point.X,
            Network = string.Join('-', sizes),
            BatchSize = batch,
            Threads = point.Threads,
            Rows = point.Rows,
            Median = Digits(spread.Median),
            Low = Digits(spread.Low),
            High = Digits(spread.High),
            AtPeak = Digits(atPeak),
        };
    }

    /// <summary>What so many threads can do, measured before and after: the better moment counts.</summary>
    private static double Peak(int threads)
    {
        FmaPeak peak = FmaPeak.Measure();
        return threads == 1 ? peak.OneThread : peak.AllThreads * threads / Environment.ProcessorCount;
    }

    /// <summary>Seconds a row, slice by slice, once everything is compiled and in its place.</summary>
    private static IEnumerable<double> Seconds(EngineTrial trial, int batch)
    {
        int epochs = 0;
        long start = Stopwatch.GetTimestamp();
        EpochPlan plan = trial.NextPlan();
        int steps = 1;
        double stepSeconds;
        do
        {
            int slice = Math.Min(steps, plan.StepCount);
            stepSeconds = Clock(trial, plan, ..slice) / slice;
            steps = Math.Max(1, (int)(Aim.TotalSeconds / stepSeconds));
            epochs++;
        }
        while (Stopwatch.GetElapsedTime(start) < WarmUp || epochs < 3);
        steps = Math.Min(steps, plan.StepCount);
        for (int slice = 0; slice < Slices; slice++)
        {
            int first = slice * steps % (plan.StepCount - steps + 1);
            int rows = plan.Rows(first + steps - 1).Start + plan.Rows(first + steps - 1).Count - first * batch;
            yield return Clock(trial, plan, first..(first + steps)) / rows;
        }
    }

    private static double Clock(EngineTrial trial, EpochPlan plan, Range steps)
    {
        long start = Stopwatch.GetTimestamp();
        trial.Train(plan, steps);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Digits(double value) => Math.Round(value, 5);
}
