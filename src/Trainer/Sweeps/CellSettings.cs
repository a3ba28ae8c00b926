namespace Trainer.Sweeps;

/// <summary>What was asked for that concerns all cells.</summary>
/// <param name="Command">The command line, for manifests.</param>
/// <param name="Force">Whether complete cells are run again.</param>
/// <param name="Retry">Whether cells that failed or diverged are run again.</param>
/// <param name="Cores">Cores to use.</param>
/// <param name="Jobs">Cells side by side at most.</param>
internal sealed record CellSettings(IReadOnlyList<string> Command, bool Force, bool Retry, int Cores, int Jobs)
{
    /// <summary><paramref name="found"/> where it makes running the cell unnecessary; else null.</summary>
    public CellResult? IsThere(CellResult found) =>
        !Force && (found.State == CellState.Completed || (found.HasGivenUp && !Retry)) ? found : null;
}
