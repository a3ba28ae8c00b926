using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Contestants;
using Trainer.Benchmarks.Racing;
using Trainer.Benchmarks.Reports;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Terminal;

namespace Trainer.Benchmarks.Gpu;

/// <summary>All cases of the GPU benchmark, one after the other.</summary>
/// <param name="shell">Where to print.</param>
/// <param name="options">What was asked for.</param>
internal sealed class GpuComparison(Shell shell, GpuComparisonOptions options)
{
    private const int TestRowsOfPart = 256;
    private const long BytesOfTrial = 1L << 24;

    private readonly GpuFigures _figures = new();
    private readonly HashSet<string> _named = [];

    /// <summary>Runs them; the files are whole after every case.</summary>
    public void Run(CancellationToken cancellation)
    {
        DateTimeOffset started = DateTimeOffset.UtcNow;
        GpuCeilings? ceilings = Ceilings();
        using ImageFolders all = ImageFolders.Find(shell.Data, options.Data, Notice);
        using ImageFolders? part = options.Rows is { } rows ? all.First(rows, TestRowsOfPart) : null;
        ImageFolders images = part ?? all;
        using var pool = new ContestantPool(PythonInterpreter.Find(options.Python), cancellation);
        Write($"{options.Device.Name}: {options.Device.Info.Name}, driver {options.Device.Info.Driver}{Text(ceilings)}; data: {images.Data.Name}");
        foreach (BenchmarkCase item in options.Cases)
        {
            Run(item, images, pool, ceilings, cancellation);
            _figures.Write(options.Out, Machine(images, pool, ceilings, started), images.Data.Train.Count);
        }
        new GpuConsole(shell).Print(_figures, images.Data.Train.Count);
        Write($"written to {options.Out}");
    }

    private void Run(BenchmarkCase item, ImageFolders images, ContestantPool pool, GpuCeilings? ceilings, CancellationToken cancellation)
    {
        using var entrants = new GpuEntrants(item, options.Device, images.Data, options.Epochs, cancellation);
        var peers = new InMemoryEntrants(pool, images, options.Epochs);
        Entrant[] all = [.. entrants.Of(peer => pool.Settings(peer, null, options.TorchDevice).Select(setting => peers.Of(item, setting)))];
        foreach ((string peer, string lacking) in pool.Missing.Where(peer => _named.Add(peer.Key)))
        {
            Notice($"{peer} is missing: no {lacking}; its lines say so");
        }
        var race = new Race(item, options.Rounds, Notice);
        IReadOnlyList<Entrant> finishers = race.Run(all, cancellation);
        IReadOnlyList<RatioRow> ratios = new RatioTable(item, race.Rows, null, options.Epochs).Rows(
            pool.Missing.ContainsKey,
            (peer, setting) => finishers.First(entrant => entrant.Peer == peer && entrant.Setting == setting).Accuracy());
        if (GpuCaseCatalog.IsSideBySide(item))
        {
            _figures.AddSideBySide(race.Rows, ratios, images.Data.Train.Count, entrants.OrderSeconds);
        }
        else
        {
            _figures.AddTraining(race.Rows, ratios, entrants.Facts(), ceilings);
        }
        Write($"{item.Name}: {GpuConsole.Line(ratios)}");
    }

    private GpuCeilings? Ceilings()
    {
        try
        {
            return GpuCeilings.Measure(options.Device, options.Rows is null ? GpuCeilings.FarBytes : BytesOfTrial);
        }
        catch (DeviceException failure)
        {
            Notice($"no floors, because the device's ceilings cannot be measured: {failure.Message}");
            return null;
        }
    }

    private GpuMachineRecord Machine(ImageFolders images, ContestantPool pool, GpuCeilings? ceilings, DateTimeOffset started) => new()
    {
        Software = Software.Current(),
        Hardware = Hardware.Current(),
        Device = options.Device.Name,
        Name = options.Device.Info.Name,
        MemoryGib = options.Device.MemoryGib,
        Driver = options.Device.Info.Driver,
        PeakTflops = Digits(ceilings?.Operations / 1e12),
        BandwidthGbs = Digits(ceilings?.Bytes / 1e9),
        LinkNs = Digits(ceilings?.Link * 1e9),
        DataSet = images.Data.Name,
        Rows = images.Data.Train.Count,
        Peers = pool.Versions,
        Missing = pool.Missing,
        Started = started,
    };

    private static string Text(GpuCeilings? ceilings) => ceilings is null ? "" : FormattableString.Invariant(
        $"; ceilings: {ceilings.Operations / 1e12:0.00} TFLOP/s, {ceilings.Bytes / 1e9:0} GB/s, {ceilings.Link * 1e9:0.00} ns for a link of a chain");

    private static double? Digits(double? value) => value is { } number ? Math.Round(number, 4) : null;

    private void Write(string line)
    {
        shell.Output.WriteLine(line);
        shell.Output.Flush();
    }

    private void Notice(string line) => shell.Error.WriteLine($"benchmark: {line}");
}
