using System.Diagnostics;
using Trainer.Engines.Cpu;
using Trainer.Formulas;

namespace Trainer.Benchmarks.Machine;

/// <summary>What the cores can do at this moment, in floating-point operations a second.</summary>
/// <param name="OneThread">One thread alone.</param>
/// <param name="AllThreads">A thread on every core at once.</param>
internal sealed record FmaPeak(double OneThread, double AllThreads)
{
    private const int Bursts = 5;
    private const long FirstRounds = 1000;

    // Long enough that starting threads does not count, short enough to be of one moment: the clock may fall later.
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(20);

    private static float _consumed;

    /// <summary>Measures with the machine's widest vectors; the best of some short bursts.</summary>
    public static FmaPeak Measure() => VectorWidths.Best switch
    {
        VectorWidth.Bits512 => Measure<Lanes512>(),
        VectorWidth.Bits256 => Measure<Lanes256>(),
        VectorWidth.Bits128 => Measure<Lanes128>(),
        _ => Measure<Scalar>(),
    };

    private static FmaPeak Measure<T>()
        where T : struct, ILanes<T>
    {
        long rounds = FirstRounds;
        double seconds;
        while ((seconds = Seconds<T>(1, rounds)) < Burst.TotalSeconds)
        {
            rounds = (long)(rounds * Math.Clamp(1.2 * Burst.TotalSeconds / seconds, 1.1, 100));
        }
        return new FmaPeak(Best<T>(1, rounds), Best<T>(Environment.ProcessorCount, rounds));
    }

    private static double Best<T>(int threads, long rounds)
        where T : struct, ILanes<T> =>
        threads * FmaChains.Operations<T>(rounds) / Enumerable.Range(0, Bursts).Min(_ => Seconds<T>(threads, rounds));

    /// <summary>From the moment that all threads are there until the last is done.</summary>
    private static double Seconds<T>(int threads, long rounds)
        where T : struct, ILanes<T>
    {
        using var gate = new Barrier(threads);
        long[] starts = new long[threads];
        long[] ends = new long[threads];
        Thread[] team = [.. Enumerable.Range(1, threads - 1).Select(k => new Thread(() => Work(k)))];
        Array.ForEach(team, thread => thread.Start());
        Work(0);
        Array.ForEach(team, thread => thread.Join());
        return Stopwatch.GetElapsedTime(starts.Min(), ends.Max()).TotalSeconds;

        void Work(int thread)
        {
            gate.SignalAndWait();
            starts[thread] = Stopwatch.GetTimestamp();
            float result = FmaChains.Run<T>(rounds);
            ends[thread] = Stopwatch.GetTimestamp();
            Volatile.Write(ref _consumed, result);
        }
    }
}
