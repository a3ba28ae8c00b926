using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Racing;
using Trainer.Benchmarks.Reports;
using Trainer.Results;

namespace Trainer.Benchmarks.Gpu;

/// <summary>All that the GPU benchmark has found so far, and its files.</summary>
internal sealed class GpuFigures
{
    private readonly List<RoundRow> _rounds = [];
    private readonly List<RatioRow> _ratios = [];
    private readonly List<ShareRow> _shares = [];
    private readonly List<SideBySideRow> _sides = [];

    /// <summary>The lines of <c>ratios.csv</c>.</summary>
    public IReadOnlyList<RatioRow> Ratios => _ratios;

    /// <summary>The lines of <c>shares.csv</c>.</summary>
    public IReadOnlyList<ShareRow> Shares => _shares;

    /// <summary>The lines of <c>side-by-side.csv</c>.</summary>
    public IReadOnlyList<SideBySideRow> Sides => _sides;

    /// <summary>Takes a case.</summary>
    /// <param name="rounds">Its rounds.</param>
    /// <param name="ratios">What they amount to.</param>
    /// <param name="epoch">What an epoch was; null of networks side by side.</param>
    /// <param name="ceilings">What the device does at most.</param>
    /// <param name="rows">Rows of an epoch.</param>
    public void Add(
        IEnumerable<RoundRow> rounds, IReadOnlyList<RatioRow> ratios, EpochFacts? epoch, GpuCeilings? ceilings, int rows)
    {
        _rounds.AddRange(rounds);
        _ratios.AddRange(ratios);
        if (epoch is null)
        {
            _sides.AddRange(ratios.Select(ratio => SideBySideRow.Of(ratio, GpuCaseCatalog.NetworksOf(ratio.Contestant) ?? 1, rows)));
        }
        else if (ShareTable.Row(ratios, epoch, ceilings) is { } share)
        {
            _shares.Add(share);
        }
    }

    /// <summary>Writes all files.</summary>
    /// <exception cref="Failures.RunFailedException">A file cannot be written.</exception>
    public void Write(string folder, GpuMachineRecord machine, int rows)
    {
        AtomicFile.WriteText(Path.Combine(folder, "machine.json"), JsonText.File(machine));
        CsvFile.Write(Path.Combine(folder, "rounds.csv"), _rounds);
        CsvFile.Write(Path.Combine(folder, "ratios.csv"), _ratios);
        CsvFile.Write(Path.Combine(folder, "shares.csv"), _shares);
        CsvFile.Write(Path.Combine(folder, "side-by-side.csv"), _sides);
        CsvFile.Write(Path.Combine(folder, "targets.csv"), TargetRow.All(_ratios, _sides, rows));
    }
}
