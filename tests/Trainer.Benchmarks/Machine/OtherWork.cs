using System.Globalization;

namespace Trainer.Benchmarks.Machine;

/// <summary>What other programs take of the cores: measured while all contestants stand still.</summary>
internal static class OtherWork
{
    private const string Counters = "/proc/stat";

    // Columns of the first line, behind its name: user, nice, system, idle, iowait, irq, softirq, steal, ...
    private const int Idle = 3;
    private const int Waiting = 4;
    private const int Columns = 8;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    /// <summary>How many cores are busy on average; null where the system does not tell (it is Linux that does).</summary>
    public static double? Cores()
    {
        if (!File.Exists(Counters))
        {
            return null;
        }
        (long busyBefore, long allBefore) = Read();
        Thread.Sleep(Glance);
        (long busy, long all) = Read();
        return all == allBefore ? 0 : (double)(busy - busyBefore) / (all - allBefore) * Environment.ProcessorCount;
    }

    private static (long Busy, long All) Read()
    {
        long[] ticks = [.. File.ReadLines(Counters).First().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1).Take(Columns).Select(text => long.Parse(text, CultureInfo.InvariantCulture))];
        long all = ticks.Sum();
        return (all - ticks[Idle] - ticks[Waiting], all);
    }
}
