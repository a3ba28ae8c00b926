namespace Trainer.Engines.Cpu;

/// <summary>
/// Where threads wait for one another between the phases of a step. A phase lasts tens of microseconds, less than it
/// takes to put a thread to sleep and wake it, so waiting spins, then yields, and never sleeps.
/// </summary>
/// <param name="participants">How many threads meet.</param>
internal sealed class SpinBarrier(int participants)
{
    private const int NeverSleep = -1;
    private int _arrived;
    private int _phase;

    /// <summary>Returns when all participants have called it. Everything written before is seen by all after.</summary>
    public void Wait()
    {
        if (participants == 1)
        {
            return;
        }
        int phase = Volatile.Read(ref _phase);
        if (Interlocked.Increment(ref _arrived) == participants)
        {
            _arrived = 0;
            Volatile.Write(ref _phase, phase + 1);
            return;
        }
        var spin = default(SpinWait);
        while (Volatile.Read(ref _phase) == phase)
        {
            spin.SpinOnce(NeverSleep);
        }
    }
}
