using Trainer.Randomness;

namespace Trainer.Augmentations;

/// <summary>
/// The random numbers of one row in one epoch: word k of row r is word r·2³² + k of stream <see cref="RandomStream.Augmentation"/>,
/// step = epoch. What a part takes does not depend on which other parts there are.
/// </summary>
/// <param name="seed">The experiment's seed.</param>
/// <param name="epoch">The epoch, from 1.</param>
/// <param name="row">The row's number in the training split.</param>
internal readonly struct RowWords(ulong seed, uint epoch, int row)
{
    private readonly Philox _source = new(seed, RandomStream.Augmentation, epoch);
    private readonly ulong _first = (ulong)row << 32;

    /// <summary>Uniform in (0, 1), in binary64.</summary>
    public double Uniform(Place place) => _source.OpenUniform(Index(place));

    /// <summary>Uniform in (−<paramref name="most"/>, <paramref name="most"/>).</summary>
    public double Symmetric(Place place, double most) => (2 * Uniform(place) - 1) * most;

    /// <summary>Uniform from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public double Between(Place place, double low, double high) => low + (high - low) * Uniform(place);

    /// <summary>A whole number in 0 … <paramref name="bound"/> − 1: the high half of word · bound.</summary>
    public int Below(Place place, int bound) => (int)(((ulong)_source.Word(Index(place)) * (ulong)bound) >> 32);

    /// <summary>The words from <paramref name="place"/> + <paramref name="offset"/> on.</summary>
    public void Fill(Place place, long offset, Span<uint> destination) =>
        _source.Words(Index(place) + (ulong)offset, destination);

    private ulong Index(Place place) => _first + (ulong)place;
}
