namespace Trainer.Results;

/// <summary>That a run went on, and how.</summary>
/// <param name="Epoch">The last epoch that was recorded at the checkpoint.</param>
/// <param name="Step">Steps of the next one that were done.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Engine">What computed from there on.</param>
/// <param name="Device">On which device.</param>
/// <param name="Machine">On which machine.</param>
/// <param name="Software">Which program.</param>
/// <param name="Command">The command line.</param>
internal sealed record Continuation(
    int Epoch, int Step, DateTimeOffset At, string Engine, string? Device, string Machine, Software Software, IReadOnlyList<string> Command);
