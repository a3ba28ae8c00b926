namespace Trainer.Sweeps;

/// <summary>What a bundle tells: that a cell has ended, or that nothing more will come.</summary>
/// <param name="Bundle">Which bundle.</param>
/// <param name="Cell">The cell; null where the bundle is over.</param>
/// <param name="Result">How it ended.</param>
/// <param name="IsSkipped">Whether it was found as it is.</param>
internal sealed record CellEnding(CellBundle Bundle, CellRun? Cell, CellResult Result, bool IsSkipped = false)
{
    /// <summary>Problems that cost no number, a line each.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];
}
