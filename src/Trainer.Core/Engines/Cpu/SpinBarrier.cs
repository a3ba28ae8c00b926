using System.Diagnostics;

namespace Trainer.Engines.Cpu;

/// <summary>
/// Where threads wait for one another between the phases of a step. A phase lasts tens of microseconds, less than it
/// takes to put a thread to sleep and wake it, so waiting spins at first; where the others do not come, because they have no
/// core of their own, it gives up its own, and at last it sleeps.
/// </summary>
internal sealed class SpinBarrier
{
    // 0.2 ms: several times what threads of equally fast cores wait for one another. Ten times as long made no difference
    // that could be measured, nor did a quarter of it (784-128-64-10, batches of 64 and 512).
    private static readonly long LongestSpin = Stopwatch.Frequency / 5000;
    private const int LooksPerGlance = 64;
    private const int Yields = 20;
    private readonly object _sleep = new();
    private readonly int _participants;
    private readonly bool _spins;
    private int _arrived;
    private int _phase;
    private int _sleepers;

    /// <summary>A barrier for <paramref name="participants"/> threads.</summary>
    public SpinBarrier(int participants)
    {
        _participants = participants;
        _spins = participants <= Environment.ProcessorCount;
    }

    /// <summary>Returns when all participants have called it. Everything written before is seen by all after.</summary>
    public void Wait()
    {
        if (_participants == 1)
        {
            return;
        }
        int phase = Volatile.Read(ref _phase);
        if (Interlocked.Increment(ref _arrived) == _participants)
        {
            _arrived = 0;
            // A full fence, as the interlocked operations are: either the sleeper sees the new phase, or we see the sleeper.
            Interlocked.Increment(ref _phase);
            if (Volatile.Read(ref _sleepers) > 0)
            {
                WakeAll();
            }
            return;
        }
        if (_spins && HasComeWhileSpinning(phase))
        {
            return;
        }
        for (int yield = 0; yield < Yields; yield++)
        {
            if (Volatile.Read(ref _phase) != phase)
            {
                return;
            }
            Thread.Yield();
        }
        Sleep(phase);
    }

    private bool HasComeWhileSpinning(int phase)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            for (int look = 0; look < LooksPerGlance; look++)
            {
                if (Volatile.Read(ref _phase) != phase)
                {
                    return true;
                }
                Thread.SpinWait(1);
            }
        }
        while (Stopwatch.GetTimestamp() - start < LongestSpin);
        return false;
    }

    private void Sleep(int phase)
    {
        lock (_sleep)
        {
            Interlocked.Increment(ref _sleepers);
            while (Volatile.Read(ref _phase) == phase)
            {
                Monitor.Wait(_sleep);
            }
            Interlocked.Decrement(ref _sleepers);
        }
    }

    private void WakeAll()
    {
        lock (_sleep)
        {
            Monitor.PulseAll(_sleep);
        }
    }
}
