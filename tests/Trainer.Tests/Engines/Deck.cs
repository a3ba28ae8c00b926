using Trainer.Randomness;

namespace Trainer.Tests.Engines;

/// <summary>Deals its cards in random order, all of them before any comes again: a drawn sample that leaves nothing out.</summary>
internal sealed class Deck<T>(ulong seed, params T[] cards)
{
    private readonly int[] _order = new int[cards.Length];
    private int _dealt;

    /// <summary>The next card.</summary>
    public T Deal()
    {
        int place = _dealt % cards.Length;
        if (place == 0)
        {
            new Philox(seed, RandomStream.Noise, (uint)(_dealt / cards.Length)).Permutation(_order);
        }
        _dealt++;
        return cards[_order[place]];
    }
}
