using System.Diagnostics;

namespace Trainer.Fuzz;

/// <summary>Looks on from another thread: ends the process, and names the input, where one hangs or takes too much memory.</summary>
internal sealed class Watchdog : IDisposable
{
    /// <summary>What the process may take at most.</summary>
    public const long MostMemory = 512L << 20;

    // What waits takes no processor time: by the clock, with room for a machine that does much else.
    private static readonly TimeSpan Hanging = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Action<string> _end;
    private readonly Timer _timer;
    private readonly Process _process = Process.GetCurrentProcess();
    private long _number = -1;
    private long _seenNumber = -1;
    private long _seenSince;

    /// <summary>Begins to look on.</summary>
    /// <param name="end">Told what is wrong with the input at hand; ends the process.</param>
    public Watchdog(Action<string> end)
    {
        _end = end;
        _timer = new Timer(_ => Look(), null, Interval, Interval);
    }

    /// <summary>The most memory that the process has had, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>The next input is being tried.</summary>
    public void Next(long number) => Volatile.Write(ref _number, number);

    private void Look()
    {
        long number = Volatile.Read(ref _number);
        if (number != _seenNumber)
        {
            (_seenNumber, _seenSince) = (number, Stopwatch.GetTimestamp());
        }
        if (Stopwatch.GetElapsedTime(_seenSince) > Hanging)
        {
            _end($"has not ended after {Hanging.TotalSeconds:0} s");
        }
        if (PeakMemory > MostMemory)
        {
            _end($"the process has taken {PeakMemory >> 20} MB of memory by now");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _process.Dispose();
    }
}
