using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Contestants;

namespace Trainer.Benchmarks.Racing;

/// <summary>Entrants that keep the images in memory and are asked for a training or an evaluation at a time.</summary>
/// <param name="pool">The contestants.</param>
/// <param name="images">The images.</param>
/// <param name="epochs">Epochs in one value.</param>
internal sealed class InMemoryEntrants(ContestantPool pool, ImageFolders images, int epochs)
{
    private const int TrialEpochs = 1;

    /// <summary>Everybody who takes part in <paramref name="item"/>, in every setting.</summary>
    public IEnumerable<Entrant> Of(BenchmarkCase item) =>
        from peer in item.Peers.Prepend(Peer.Ours)
        from setting in pool.Settings(peer)
        select Of(item, setting);

    /// <summary>A contestant in one setting.</summary>
    public Entrant Of(BenchmarkCase item, ContestantSetting setting) => new()
    {
        Peer = setting.Peer,
        Setting = setting.Setting,
        Trial = limit =>
        {
            ContestantProcess contestant = pool.Get(setting);
            contestant.Ask(Request.Open(images.Of(item.Images), item.Training));
            return contestant.Ask(RequestFor(item, TrialEpochs), limit)?.Seconds;
        },
        Measure = () => pool.Get(setting).Ask(RequestFor(item, epochs))?.Seconds,
        Accuracy = () => item.Kind == CaseKind.Training ? pool.Get(setting).Ask(Request.Evaluate())?.Accuracy : null,
    };

    private static Request RequestFor(BenchmarkCase item, int epochs) =>
        item.Kind == CaseKind.Training ? Request.Train(epochs) : Request.Evaluate();
}
