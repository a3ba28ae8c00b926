namespace Trainer.Sweeps;

/// <summary>What a bundle tells: that a cell has ended, or that nothing more will come.</summary>
/// <param name="Bundle">Which bundle.</param>
/// <param name="Cell">The cell; null where the bundle is over.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Notice">A problem that cost no number, a line; null for none.</param>
/// <param name="IsSkipped">Whether it was found as it is.</param>
internal sealed record CellEnding(CellBundle Bundle, CellRun? Cell, CellResult Result, string? Notice = null, bool IsSkipped = false);
