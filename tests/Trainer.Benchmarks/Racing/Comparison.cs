using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Contestants;
using Trainer.Benchmarks.Machine;
using Trainer.Benchmarks.Reports;
using Trainer.Results;
using Trainer.Terminal;

namespace Trainer.Benchmarks.Racing;

/// <summary>All cases, one after the other.</summary>
/// <param name="shell">Where to print.</param>
/// <param name="options">What was asked for.</param>
internal sealed class Comparison(Shell shell, ComparisonOptions options)
{
    // Of one core; a desktop at rest stays below.
    private const double Disturbing = 0.25;

    private readonly List<RoundRow> _rounds = [];
    private readonly List<RatioRow> _ratios = [];
    private readonly HashSet<string> _named = [];

    /// <summary>Runs them; the files are whole after every case.</summary>
    public void Run(CancellationToken cancellation)
    {
        using ImageFolders images = ImageFolders.Find(shell.Data, options.Data, Notice);
        using var pool = new ContestantPool(PythonInterpreter.Find(options.Python), cancellation);
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("trainer-bench-");
        try
        {
            Run(images, pool, scratch.FullName, cancellation);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private void Run(ImageFolders images, ContestantPool pool, string scratch, CancellationToken cancellation)
    {
        FmaPeak peak = FmaPeak.Measure();
        var folder = new ComparisonFolder(options.Out);
        DateTimeOffset started = DateTimeOffset.UtcNow;
        Write($"{Hardware.Current().Processor}, {Environment.ProcessorCount} cores; fma peak {peak.OneThread / 1e9:0} GFLOP/s on one thread, {peak.AllThreads / 1e9:0} on all; data: {images.Data.Name}");
        foreach (BenchmarkCase item in options.Cases)
        {
            IReadOnlyList<RatioRow> rows = Run(item, images, pool, Path.Combine(scratch, "out"), cancellation);
            Write(RatioConsole.Line(item, rows));
            folder.Write(Machine(images, pool, peak, started), _rounds, _ratios);
        }
        RatioConsole.Print(shell, _ratios);
        Write($"written to {options.Out}");
        if (Spread.Of(_rounds.Where(row => row.OtherWorkCores is not null).Select(row => row.OtherWorkCores!.Value)) is { Median: > Disturbing } others)
        {
            Notice(FormattableString.Invariant($"other programs kept {others.Median:0.0} cores busy meanwhile: take these figures for nothing, and measure on a quiet machine"));
        }
    }

    private IReadOnlyList<RatioRow> Run(
        BenchmarkCase item, ImageFolders images, ContestantPool pool, string scratch, CancellationToken cancellation)
    {
        Entrant[] entrants = item.IsInMemory
            ? [.. new InMemoryEntrants(pool, images, options.Epochs).Of(item)]
            : item.Kind == CaseKind.Sweep
            ? [.. new SweepEntrants(pool, images, scratch, cancellation).Of(item)]
            : [.. new ProgramEntrants(pool, images, scratch, cancellation).Of(item)];
        foreach ((string peer, string library) in pool.Missing.Where(peer => _named.Add(peer.Key)))
        {
            Notice($"{peer} is missing: {library} is not installed; its lines say so");
        }
        var race = new Race(item, options.Rounds, Notice);
        IReadOnlyList<Entrant> finishers = race.Run(entrants, cancellation);
        _rounds.AddRange(race.Rows);
        var table = new RatioTable(item, race.Rows, Operations(item, images), item.Kind == CaseKind.Training ? options.Epochs : null);
        IReadOnlyList<RatioRow> rows = table.Rows(pool.Missing.ContainsKey, Accuracy);
        _ratios.AddRange(rows);
        return rows;

        double? Accuracy(string peer, string setting) =>
            finishers.First(entrant => entrant.Peer == peer && entrant.Setting == setting).Accuracy();
    }

    private double? Operations(BenchmarkCase item, ImageFolders images) => item.Operations(
        images.Data.Train.PixelsPerImage, images.Data.ClassNames.Count, images.Data.Train.Count, images.Data.Test.Count, options.Epochs);

    private static MachineRecord Machine(ImageFolders images, ContestantPool pool, FmaPeak peak, DateTimeOffset started) => new()
    {
        Software = Software.Current(),
        Hardware = Hardware.Current(),
        PeakGflops = Math.Round(peak.AllThreads / 1e9, 2),
        PeakGflopsOneThread = Math.Round(peak.OneThread / 1e9, 2),
        DataSet = images.Data.Name,
        DataHash = images.Data.Hash,
        Peers = pool.Versions,
        Missing = pool.Missing,
        Started = started,
    };

    private void Write(string line)
    {
        shell.Output.WriteLine(line);
        shell.Output.Flush();
    }

    private void Notice(string line) => shell.Error.WriteLine($"benchmark: {line}");
}
