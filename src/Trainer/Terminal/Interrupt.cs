using System.Runtime.InteropServices;

namespace Trainer.Terminal;

/// <summary>
/// Ctrl-C and the polite signals, as a token: they ask the program to stop where nothing is lost. Only a second Ctrl-C ends it at
/// once; schedulers send one signal after the other, and the second must not break off what the first has begun.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    // .NET has no names for them; the numbers are those of the system.
    private static readonly (int User1, int User2) UserSignals = OperatingSystem.IsLinux() ? (10, 12) : (30, 31);

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <summary>SIGUSR1.</summary>
    public static PosixSignal User1 => (PosixSignal)UserSignals.User1;

    public Interrupt()
    {
        PosixSignal[] signals = OperatingSystem.IsWindows()
            ? [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP]
            : [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, User1, (PosixSignal)UserSignals.User2];
        foreach (PosixSignal signal in signals)
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether somebody at the keyboard asked to stop, rather than a scheduler or a system that goes down.</summary>
    public bool IsByHand { get; private set; }

    /// <inheritdoc/>
    public void Dispose() =>
        // The source stays: a signal of this moment may still be on its way to it, on another thread, and it holds nothing to be given back.
        _registrations.ForEach(registration => registration.Dispose());

    private void OnSignal(PosixSignalContext context)
    {
        bool isByHand = context.Signal == PosixSignal.SIGINT;
        context.Cancel = !(isByHand && IsByHand);
        IsByHand |= isByHand;
        _source.Cancel();
    }
}
