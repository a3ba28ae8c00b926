using System.Runtime.InteropServices;
using Trainer.Commands;

namespace Trainer.Clusters;

/// <summary>Whether SIGUSR1 came: the scheduler's word, some time before the limit, that the task is to be kept and queued again. What ends
/// the run is <see cref="Interrupt"/>, for this signal as for the others.</summary>
internal sealed class RequeueSignal : IDisposable
{
    private readonly PosixSignalRegistration? _registration;
    private volatile bool _came;

    /// <summary>Begins to listen.</summary>
    public RequeueSignal()
    {
        if (!OperatingSystem.IsWindows())
        {
            _registration = PosixSignalRegistration.Create(Interrupt.User1, _ => _came = true);
        }
    }

    /// <summary>Whether it came.</summary>
    public bool Came => _came;

    /// <inheritdoc/>
    public void Dispose() => _registration?.Dispose();
}
