using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Contestants;

namespace Trainer.Benchmarks.Racing;

/// <summary>Entrants that train one configuration with many seeds: what somebody waits for who wants to know how far seeds lie apart.</summary>
/// <param name="pool">Knows who is installed.</param>
/// <param name="images">The images.</param>
/// <param name="scratch">A folder for what the programs write.</param>
/// <param name="cancellation">Ends a program.</param>
internal sealed class SweepEntrants(ContestantPool pool, ImageFolders images, string scratch, CancellationToken cancellation)
{
    private const int Cells = 16;
    private const int Epochs = 2;

    // Enough to see which setting of a peer is its best.
    private const int TrialCells = 2;

    private readonly ProgramSurroundings _surroundings = new(images, scratch, cancellation);

    /// <summary>Everybody who takes part in <paramref name="item"/>, in every setting.</summary>
    public IEnumerable<Entrant> Of(BenchmarkCase item) => item.Peers.Prepend(Peer.Ours).SelectMany(peer => peer switch
    {
        // A core is a thread of a cell: as many cells at a time as there are cores, or one.
        Peer.Ours => [Ours(peer, Environment.ProcessorCount)],
        Peer.OursSingly => [Ours(peer, 1)],
        _ => pool.Settings(peer, "pytorch_sweep.py").Select(setting => Theirs(setting, peer == Peer.Pytorch ? 1 : Environment.ProcessorCount)),
    });

    private Entrant Ours(string peer, int cores) => Entrant(peer, "", (cells, limit) => _surroundings.Trainer(_surroundings.Run(
        "--seeds", $"1-{ProgramSurroundings.Text(cells)}",
        "--epochs", ProgramSurroundings.Text(Epochs),
        "--threads", ProgramSurroundings.Text(cores))).Seconds(limit));

    private Entrant Theirs(ContestantSetting setting, int processes) => Entrant(setting.Peer, setting.Setting, (cells, limit) =>
        _surroundings.Theirs(
            setting, ProgramSurroundings.Text(Epochs), string.Join(',', Enumerable.Range(1, cells)), ProgramSurroundings.Text(processes)).Seconds(limit));

    private static Entrant Entrant(string peer, string setting, Func<int, TimeSpan?, double?> measure) => new()
    {
        Peer = peer,
        Setting = setting,
        Trial = limit => measure(TrialCells, limit),
        Measure = () => measure(Cells, null),
    };
}
