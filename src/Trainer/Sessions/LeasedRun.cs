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

    private readonly RunFolder _folder;
    private readonly RunLease _lease;
    private readonly CancellationTokenSource _stop;
    private readonly IDisposable _fence;
    private readonly Timer _looks;
    private readonly Lock _leaving = new();
    private RunLock? _lock;
    private bool _isLeft;

    private LeasedRun(RunFolder folder, RunLease lease, RunLock? folderLock, CancellationTokenSource stop)
    {
        (_folder, _lease, _lock, _stop) = (folder, lease, folderLock, stop);
        _fence = Disk.Use(new FencedDisk(Disk.Current, lease.ThrowIfLost));
        _looks = new Timer(_ => Look(), null, BetweenLooks, Timeout.InfiniteTimeSpan);
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
        LeaseHolder? before = null;
        for (long start = Environment.TickCount64; ;)
        {
            LeaseHolder? found = Announce(folder, lease);
            before = found is not null && found.Token != holder.Token ? found : before;
            if (RunLock.TryTake(folder) is { } folderLock)
            {
                return Take(folder, lease, folderLock, stop);
            }
            if (Environment.TickCount64 - start > patience.TotalMilliseconds)
            {
                // Only who asks a lease before it writes can be gone past.
                return before is not null && holder.IsNewerThan(before) && RunLock.IsHeldBy(folder, before.Host, before.Process)
                    ? new LeasedRun(folder, lease, null, stop)
                    : throw new RunBusyException($"{folder.Path}: another process is at work in it{RunLock.HolderOf(folder)}, and was after {patience.TotalSeconds:0} s");
            }
            stop.Token.WaitHandle.WaitOne(BetweenTries);
            stop.Token.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public void Leave()
    {
        lock (_leaving)
        {
            _isLeft = true;
            _looks.Dispose();
            _fence.Dispose();
            _lock?.Leave();
        }
    }

    /// <summary>Writes who wants the folder, so that an older start stops for it; one of the same age is waited for.</summary>
    /// <returns>Who had it.</returns>
    private static LeaseHolder? Announce(RunFolder folder, RunLease lease)
    {
        LeaseHolder? found = RunLease.HolderOf(folder);
        if (found?.IsNewerThan(lease.Holder) == true)
        {
            throw lease.Lost();
        }
        if (found is null || lease.Holder.IsNewerThan(found))
        {
            lease.Take();
        }
        return found;
    }

    private static LeasedRun Take(RunFolder folder, RunLease lease, RunLock folderLock, CancellationTokenSource stop)
    {
        try
        {
            if (RunLease.HolderOf(folder) is { } meanwhile && meanwhile.IsNewerThan(lease.Holder))
            {
                throw lease.Lost();
            }
            if (!lease.IsOurs())
            {
                lease.Take();
            }
            return new LeasedRun(folder, lease, folderLock, stop);
        }
        catch
        {
            folderLock.Leave();
            throw;
        }
    }

    private void Look()
    {
        try
        {
            if (!_lease.TryKeep())
            {
                _stop.Cancel();
                return;
            }
        }
        catch (Exception failure) when (WriteFailure.IsOne(failure) || failure is TrainerException or ObjectDisposedException)
        {
            // The next look, or the next change, tells.
        }
        lock (_leaving)
        {
            if (_isLeft)
            {
                return;
            }
            // Whoever hung has gone meanwhile: from here on others are kept out again.
            _lock ??= TryLock();
            // One look at a time: where the disk hangs, they would pile up.
            _looks.Change(BetweenLooks, Timeout.InfiniteTimeSpan);
        }
    }

    private RunLock? TryLock()
    {
        try
        {
            return RunLock.TryTake(_folder);
        }
        catch (RunFailedException)
        {
            return null;
        }
    }
}
