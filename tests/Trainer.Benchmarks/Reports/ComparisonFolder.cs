using Trainer.Benchmarks.Charts;
using Trainer.Benchmarks.Racing;
using Trainer.Results;
using Trainer.Storage;

namespace Trainer.Benchmarks.Reports;

/// <summary>The files of a comparison, whole after every case.</summary>
/// <param name="path">The folder.</param>
internal sealed class ComparisonFolder(string path)
{
    /// <summary>Writes all that is known.</summary>
    /// <exception cref="Failures.RunFailedException">A file cannot be written.</exception>
    public void Write(MachineRecord machine, IReadOnlyList<RoundRow> rounds, IReadOnlyList<RatioRow> ratios)
    {
        AtomicFile.WriteText(Path.Combine(path, "machine.json"), JsonText.File(machine));
        CsvFile.Write(Path.Combine(path, "rounds.csv"), rounds);
        CsvFile.Write(Path.Combine(path, "ratios.csv"), ratios);
        AtomicFile.Write(Path.Combine(path, "ratios.svg"), stream => RatioFigure.Write(machine, ratios, stream));
    }
}
