namespace Trainer.Engines.Cpu;

/// <summary>
/// Where threads wait for one another between the phases of a step. A phase lasts tens of microseconds, less than it
/// takes to put a thread to sleep and wake it, so waiting spins at first; where the others do not come, because they have no
/// core of their own, it gives up its own, and at last it sleeps.
/// </summary>
internal sealed class SpinBarrier
{
    // About 50 µs of looking, then some of offering the core to others, before the system is asked to wake us.
    private const int Looks = 2000;
    private const int Yields = 20;
    private readonly object _sleep = new();
    private readonly int _participants;
    private readonly int _looks;
    private int _arrived;
    private int _phase;
    private int _sleepers;

    /// <summary>A barrier for <paramref name="participants"/> threads.</summary>
    public SpinBarrier(int participants)
    {
        _participants = participants;
        _looks = participants <= Environment.ProcessorCount ? Looks : 0;
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
        for (int look = 0; look < _looks; look++)
        {
            if (Volatile.Read(ref _phase) != phase)
            {
                return;
            }
            Thread.SpinWait(1);
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
