using System.Runtime.InteropServices;

namespace Trainer.Engines.Cpu;

/// <summary>
/// The units of one phase, for threads to claim. A thread takes those of its own range first, in order, and the same range
/// every time, so that what it works with stays in its cache; then what is left of others'. Cores are never equally
/// fast for long, least of all those of a virtual machine, and the slowest would decide. Whoever takes a unit, its bits are
/// the same.
/// </summary>
/// <param name="threads">How many threads claim.</param>
internal sealed class WorkQueue(int threads)
{
    // Others leave the last few units to their owner, who is done with them before their data could move to another cache.
    private const int MostLeft = 4;
    private const int PartLeft = 8;

    private readonly Counter[] _next = new Counter[threads];
    private int _units;

    /// <summary>Fills the queue, while nobody claims.</summary>
    public void Fill(int units)
    {
        _units = units;
        for (int thread = 0; thread < threads; thread++)
        {
            _next[thread].Value = Start(thread);
        }
    }

    /// <summary>Claims a unit for <paramref name="thread"/>.</summary>
    /// <returns>Its number, or −1 when none is left that this thread may take.</returns>
    public int Claim(int thread)
    {
        for (int k = 0; k < threads; k++)
        {
            int owner = (thread + k) % threads;
            int end = Start(owner + 1);
            int left = k == 0 ? 0 : Math.Min(MostLeft, (end - Start(owner)) / PartLeft);
            if (Volatile.Read(ref _next[owner].Value) < end - left)
            {
                int unit = Interlocked.Increment(ref _next[owner].Value) - 1;
                if (unit < end)
                {
                    return unit;
                }
            }
        }
        return -1;
    }

    private int Start(int thread) => (int)((long)_units * thread / threads);

    // Lines of its own, and not that of the array's length, which every claim reads.
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Counter
    {
        [FieldOffset(64)]
        public int Value;
    }
}
