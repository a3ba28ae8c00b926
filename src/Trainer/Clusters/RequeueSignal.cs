using System.Runtime.InteropServices;
using Trainer.Terminal;

namespace Trainer.Clusters;

/// <summary>Whether a task is to be queued again: SIGUSR1 came, the scheduler's word some time before the limit, and no SIGTERM, with which it ends
/// what is cancelled, preempted or over. What ends the run is <see cref="Interrupt"/>, for these signals as for the others.</summary>
internal sealed class RequeueSignal : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly ManualResetEventSlim _term = new();
    private volatile bool _isAsked;

    /// <summary>Begins to listen.</summary>
    public RequeueSignal()
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => _term.Set()));
        if (!OperatingSystem.IsWindows())
        {
            _registrations.Add(PosixSignalRegistration.Create(Interrupt.User1, _ => _isAsked = true));
        }
    }

    /// <summary>Whether it was asked for, and the task is not being ended.</summary>
    public bool IsWanted => _isAsked && !_term.IsSet;

    /// <summary>Waits, at most until the task is being ended.</summary>
    public void WaitForTerm(TimeSpan longest) => _term.Wait(longest);

    /// <inheritdoc/>
    /// <remarks>The event stays: a signal of this moment may still be on its way to it.</remarks>
    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());
}
