namespace Trainer.Engines.Cpu;

/// <summary>
/// The engine's own threads. The caller is one of them, number 0; the others sleep until there is a job. A job is given
/// once for many steps, so handing it over costs nothing that matters.
/// </summary>
internal sealed class ThreadTeam : IDisposable
{
    private readonly Thread[] _threads;
    private readonly SemaphoreSlim[] _start;
    private readonly CountdownEvent _done;
    private Action<int> _job = static _ => { };
    private volatile bool _ended;

    /// <summary>A team of <paramref name="size"/> threads, the caller's included.</summary>
    public ThreadTeam(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Size = size;
        _done = new CountdownEvent(1);
        _start = [.. Enumerable.Range(1, size - 1).Select(_ => new SemaphoreSlim(0))];
        _threads = [.. Enumerable.Range(1, size - 1).Select(number => new Thread(() => Work(number))
        {
            IsBackground = true,
            Name = $"cpu engine {number}",
        })];
        Array.ForEach(_threads, thread => thread.Start());
    }

    /// <summary>How many threads there are.</summary>
    public int Size { get; }

    /// <summary>Runs <paramref name="job"/> once on each of the first <paramref name="threads"/> threads, with the thread's
    /// number; returns when all are through. The job must not throw: another thread may be waiting for this one at a barrier.</summary>
    public void Run(Action<int> job, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, Size);
        if (threads == 1)
        {
            job(0);
            return;
        }
        _job = job;
        _done.Reset(threads - 1);
        foreach (SemaphoreSlim start in _start.AsSpan(0, threads - 1))
        {
            start.Release();
        }
        job(0);
        _done.Wait();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ended)
        {
            return;
        }
        _ended = true;
        Array.ForEach(_start, start => start.Release());
        Array.ForEach(_threads, thread => thread.Join());
        Array.ForEach(_start, start => start.Dispose());
        _done.Dispose();
    }

    private void Work(int number)
    {
        while (true)
        {
            _start[number - 1].Wait();
            if (_ended)
            {
                return;
            }
            _job(number);
            _done.Signal();
        }
    }
}
