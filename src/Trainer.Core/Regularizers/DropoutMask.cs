using Trainer.Networks;
using Trainer.Randomness;

namespace Trainer.Regularizers;

/// <summary>
/// Which hidden units are left out of which rows in a training step: mask m = 0 with probability p, else 1/(1 − p), so that the
/// mean of m·a is a ("inverted dropout", as PyTorch does it).
/// </summary>
/// <remarks>Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting" (JMLR 15, 2014). Unit u of
/// hidden layer l in row b of the batch has word b·U + offset(l) + u of stream <see cref="RandomStream.Dropout"/>, whose step
/// is the number of the training step (its low 32 bits); it is kept if the word is at least p·2³². U is the sum of the hidden
/// layers' widths, each made a multiple of four, and offset(l) that of the layers before.</remarks>
public sealed class DropoutMask
{
    private const double Words = 4294967296.0;
    private const int WordsAtOnce = 64;
    private readonly int[] _offsets;
    private readonly ulong _seed;

    /// <summary>The masks of a network.</summary>
    /// <param name="shape">Its sizes.</param>
    /// <param name="p">Probability of a unit to be left out, at least 0 and less than 1.</param>
    /// <param name="seed">The key of all randomness.</param>
    public DropoutMask(MlpShape shape, double p, ulong seed)
    {
        _seed = seed;
        Threshold = (uint)(p * Words);
        Scale = (float)(1 / (1 - p));
        _offsets = new int[shape.Layers.Count];
        for (int l = 1; l < _offsets.Length; l++)
        {
            _offsets[l] = checked(_offsets[l - 1] + (shape.Layers[l - 1].Outputs + 3) / 4 * 4);
        }
    }

    /// <summary>1/(1 − p).</summary>
    public float Scale { get; }

    /// <summary>p·2³².</summary>
    public uint Threshold { get; }

    /// <summary>U.</summary>
    public int Units => _offsets[^1];

    /// <summary>offset(l), a multiple of four.</summary>
    public int OffsetOf(int layer) => _offsets[layer];

    /// <summary>The words of a step.</summary>
    public Philox Source(long step) => new(_seed, RandomStream.Dropout, (uint)step);

    /// <summary>m of some units, one after the other.</summary>
    /// <param name="source">The words of the step.</param>
    /// <param name="row">b.</param>
    /// <param name="layer">l.</param>
    /// <param name="unit">The first unit, a multiple of four.</param>
    /// <param name="destination">Receives their m.</param>
    public void Fill(Philox source, int row, int layer, int unit, Span<float> destination)
    {
        Span<uint> words = stackalloc uint[WordsAtOnce];
        ulong first = (ulong)row * (ulong)Units + (ulong)(_offsets[layer] + unit);
        float scale = Scale;
        uint threshold = Threshold;
        for (int done = 0; done < destination.Length; done += WordsAtOnce)
        {
            Span<float> part = destination[done..Math.Min(done + WordsAtOnce, destination.Length)];
            source.Words(first + (ulong)done, words[..part.Length]);
            for (int k = 0; k < part.Length; k++)
            {
                part[k] = words[k] >= threshold ? scale : 0;
            }
        }
    }
}
