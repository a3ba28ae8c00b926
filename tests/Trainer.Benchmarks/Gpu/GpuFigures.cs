using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Racing;
using Trainer.Benchmarks.Reports;
using Trainer.Results;
using Trainer.Storage;

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

    /// <summary>Takes a case of one network.</summary>
    /// <param name="rounds">Its rounds.</param>
    /// <param name="ratios">What they amount to.</param>
    /// <param name="epoch">What an epoch was.</param>
    /// <param name="ceilings">What the device does at most.</param>
    public void AddTraining(IEnumerable<RoundRow> rounds, IReadOnlyList<RatioRow> ratios, EpochFacts epoch, GpuCeilings? ceilings)
    {
        _rounds.AddRange(rounds);
        _ratios.AddRange(ratios);
        if (ShareTable.Row(ratios, epoch, ceilings) is { } share)
        {
            _shares.Add(share);
        }
    }

    /// <summary>Takes a case of several networks.</summary>
    /// <param name="rounds">Its rounds.</param>
    /// <param name="ratios">What they amount to.</param>
    /// <param name="rows">Rows of an epoch.</param>
    /// <param name="order">Seconds in which the host draws the orders of so many networks; null where they were not trained.</param>
    public void AddSideBySide(IEnumerable<RoundRow> rounds, IReadOnlyList<RatioRow> ratios, int rows, Func<int, double?> order)
    {
        _rounds.AddRange(rounds);
        _ratios.AddRange(ratios);
        _sides.AddRange(
            from ratio in ratios
            let networks = GpuCaseCatalog.NetworksOf(ratio.Contestant) ?? 1
            select SideBySideRow.Of(ratio, networks, rows, order(networks)));
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
