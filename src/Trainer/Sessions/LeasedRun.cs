using Trainer.Failures;
using Trainer.Results;
using Trainer.Storage;

namespace Trainer.Sessions;

/// <summary>A run's folder in the hands of a task on a cluster: its <see cref="RunLease"/>, then its <see cref="RunLock"/>. From then on
/// until it is left, everything that this flow of calls writes asks the lease first.</summary>
internal sealed class LeasedRun : IRunHold
{
    // An older copy looks once a second, stops at the next slice, and has to finish what it is writing.
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly RunLease _lease;
    private readonly RunLock? _lock;
    private readonly IDisposable _fence;
    private readonly Timer _looks;

    private LeasedRun(RunLease lease, RunLock? folderLock, CancellationTokenSource stop)
    {
        (_lease, _lock) = (lease, folderLock);
        _fence = Disk.Use(new FencedDisk(Disk.Current, lease.ThrowIfLost));
        _looks = new Timer(_ => Look(stop), null, BetweenLooks, BetweenLooks);
    }

    /// <inheritdoc/>
    public string? Notice => _lock is null
        ? "trainer: whoever was at work here before has not let go of the folder; it can write nothing any more, for the lease has gone over"
        : _lock.Notice;

    /// <summary>Takes the folder of a run.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="holder">The start of a task that wants it.</param>
    /// <param name="patience">How long is waited for somebody who is still at work there. An older start that has not stopped by then, because its
    /// machine hangs, is gone past: whatever it was about to write, it asks the lease before.</param>
    /// <param name="stop">Cancelled once a newer start has taken the run over; ends the wait, too.</param>
    /// <exception cref="LeaseLostException">A newer start has it.</exception>
    /// <exception cref="RunBusyException">Somebody is at work in it who knows of no lease.</exception>
    /// <exception cref="RunFailedException">It cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Told to stop while it waited.</exception>
    public static LeasedRun Take(RunFolder folder, LeaseHolder holder, TimeSpan patience, CancellationTokenSource stop)
    {
        var lease = new RunLease(folder, holder);
        LeaseHolder? before = RunLease.HolderOf(folder);
        if (before?.IsNewerThan(holder) == true)
        {
            throw lease.Lost();
        }
        // An older start of a task stops for this one. One of the same age, or somebody without a lease, is waited for.
        bool takesOver = before is not null && holder.IsNewerThan(before);
        if (takesOver)
        {
            lease.Take();
        }
        RunLock? folderLock = Lock(folder, takesOver ? lease : null, patience, stop.Token);
        try
        {
            if (takesOver)
            {
                lease.ThrowIfLost();
            }
            else if (RunLease.HolderOf(folder) is { } meanwhile && meanwhile.IsNewerThan(holder))
            {
                throw lease.Lost();
            }
            else
            {
                lease.Take();
            }
            return new LeasedRun(lease, folderLock, stop);
        }
        catch
        {
            folderLock?.Leave();
            throw;
        }
    }

    private static RunLock? Lock(RunFolder folder, RunLease? lease, TimeSpan patience, CancellationToken cancellation)
    {
        long start = Environment.TickCount64;
        while (true)
        {
            if (RunLock.TryTake(folder) is { } taken)
            {
                return taken;
            }
            lease?.ThrowIfLost();
            if (Environment.TickCount64 - start > patience.TotalMilliseconds)
            {
                return lease is null
                    ? throw new RunBusyException($"{folder.Path}: another process is at work in it{RunLock.HolderOf(folder)}, and was after {patience.TotalSeconds:0} s")
                    : null;
            }
            cancellation.WaitHandle.WaitOne(BetweenTries);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public void Leave()
    {
        _looks.Dispose();
        _fence.Dispose();
        // Before the lock: whoever gets that finds no lease of somebody who has gone.
        _lease.Release();
        _lock?.Leave();
    }

    private void Look(CancellationTokenSource stop)
    {
        try
        {
            if (!_lease.IsOurs())
            {
                stop.Cancel();
            }
        }
        catch (Exception failure) when (WriteFailure.IsOne(failure) || failure is ObjectDisposedException)
        {
            // The next look, or the next change, tells.
        }
    }
}
