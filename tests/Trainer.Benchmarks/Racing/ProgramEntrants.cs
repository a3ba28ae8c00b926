using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Contestants;
using Trainer.Results;

namespace Trainer.Benchmarks.Racing;

/// <summary>Entrants that are started, work and end: what a user waits for.</summary>
/// <param name="pool">Knows who is installed.</param>
/// <param name="images">The images.</param>
/// <param name="scratch">A folder for what the programs write.</param>
/// <param name="cancellation">Ends a program.</param>
internal sealed class ProgramEntrants(ContestantPool pool, ImageFolders images, string scratch, CancellationToken cancellation)
{
    private readonly ProgramSurroundings _surroundings = new(images, scratch, cancellation);

    private const int Epochs = 20;
    private const int TrialEpochs = 1;

    /// <summary>Everybody who takes part in <paramref name="item"/>, in every setting.</summary>
    public IEnumerable<Entrant> Of(BenchmarkCase item)
    {
        IEnumerable<Entrant> peers =
            from peer in item.Peers
            from setting in pool.Settings(peer, "pytorch_run.py").Take(item.Kind == CaseKind.Memory ? 1 : int.MaxValue)
            select Theirs(item, setting);
        return peers.Prepend(Ours(item));
    }

    private Entrant Ours(BenchmarkCase item) => Entrant(Peer.Ours, "", (epochs, limit) => item.Kind switch
    {
        CaseKind.Help => _surroundings.Trainer("--help").Seconds(limit),
        CaseKind.FirstStep => _surroundings.Trainer(Run(1)).Seconds(limit) is null ? null : FirstStepSeconds(),
        CaseKind.Memory => _surroundings.Trainer(Run(epochs)).Megabytes(limit),
        _ => _surroundings.Trainer(Run(epochs)).Seconds(limit),
    });

    private Entrant Theirs(BenchmarkCase item, ContestantSetting setting) => Entrant(setting.Peer, setting.Setting, (epochs, limit) =>
    {
        ProgramRun run = _surroundings.Theirs(setting, ProgramSurroundings.Text(epochs));
        return item.Kind == CaseKind.Memory ? run.Megabytes(limit) : run.Seconds(limit);
    });

    /// <summary>What the run itself recorded: from the start of its process to the end of its first step.</summary>
    private double? FirstStepSeconds() =>
        JsonText.Parse<Manifest>(File.ReadAllText(RunFinder.Find(Path.Combine(scratch, "relu")).Manifest))!.FirstStepSeconds;

    private static Entrant Entrant(string peer, string setting, Func<int, TimeSpan?, double?> measure) => new()
    {
        Peer = peer,
        Setting = setting,
        Trial = limit => measure(TrialEpochs, limit),
        Measure = () => measure(Epochs, null),
    };

    private string[] Run(int epochs) => _surroundings.Run("--epochs", ProgramSurroundings.Text(epochs));
}
