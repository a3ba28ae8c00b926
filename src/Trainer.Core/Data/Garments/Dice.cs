using System.Runtime.CompilerServices;
using Trainer.Randomness;

namespace Trainer.Data.Garments;

/// <summary>The random numbers of one image, one after the other. Each image has its own 2¹⁶ blocks of four words.</summary>
internal sealed class Dice
{
    private const int BlocksPerImageLog2 = 16;

    private Philox _source;
    private ulong _block;
    private int _left;
    private uint _w0, _w1, _w2, _w3;

    /// <summary>Starts the numbers of item <paramref name="number"/> of <paramref name="source"/>.</summary>
    public void Start(Philox source, int number)
    {
        _source = source;
        _block = (ulong)number << BlocksPerImageLog2;
        _left = 0;
    }

    /// <summary>The next 32 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public uint Word()
    {
        if (_left == 0)
        {
            (_w0, _w1, _w2, _w3) = _source.Block(_block++);
            _left = 4;
        }
        uint word = _w0;
        (_w0, _w1, _w2) = (_w1, _w2, _w3);
        _left--;
        return word;
    }

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float Between(float low, float high) => low + (high - low) * ((Word() >> 8) * (1f / (1 << 24)));

    /// <summary>Triangular in <paramref name="mean"/> ± <paramref name="spread"/>: likeliest in the middle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float Around(float mean, float spread)
    {
        uint word = Word();
        int sum = (int)(word & 0xFFFF) + (int)(word >> 16);
        return mean + spread * ((sum - 0xFFFF) * (1f / 0xFFFF));
    }

    /// <summary>True with the given probability.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Chance(float probability) => (Word() >> 8) * (1f / (1 << 24)) < probability;

    /// <summary>A whole number in 0 … <paramref name="bound"/> − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Below(int bound) => (int)(((ulong)Word() * (uint)bound) >> 32);
}
