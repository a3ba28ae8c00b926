using System.Runtime.CompilerServices;

namespace Trainer.Randomness;

/// <summary>
/// Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as
/// 1, 2, 3" (SC11). A number is a pure function of (seed, stream, step, index): nothing has a state, everything can be
/// drawn in any order, on any device.
/// </summary>
/// <remarks>
/// Key: k0 = low 32 bits of the seed, k1 = high 32 bits. Counter of a block of four words: c0 and c1 = low and high
/// half of the block's number, c2 = step, c3 = stream. Word <c>index</c> is word <c>index mod 4</c> of block
/// <c>index div 4</c>. <c>scripts/pytorch_reference.py</c> follows the same rules.
/// </remarks>
/// <param name="seed">The key.</param>
/// <param name="stream">Which independent source.</param>
/// <param name="step">Epoch, step or tensor, as the stream defines it.</param>
public readonly struct Philox(ulong seed, RandomStream stream, uint step)
{
    internal const uint Multiplier0 = 0xD2511F53;
    internal const uint Multiplier1 = 0xCD9E8D57;
    internal const uint Weyl0 = 0x9E3779B9;
    internal const uint Weyl1 = 0xBB67AE85;
    internal const int Rounds = 10;
    internal const int WordsPerBlock = 4;

    /// <summary>The four words of block <paramref name="number"/>.</summary>
    public (uint W0, uint W1, uint W2, uint W3) Block(ulong number) =>
        Generate((uint)number, (uint)(number >> 32), step, (uint)stream, (uint)seed, (uint)(seed >> 32));

    /// <summary>Word <paramref name="index"/> of this stream and step: 32 random bits.</summary>
    public uint Word(ulong index)
    {
        (uint w0, uint w1, uint w2, uint w3) = Block(index >> 2);
        return (index & 3) switch { 0 => w0, 1 => w1, 2 => w2, _ => w3 };
    }

    /// <summary>The words <paramref name="index"/>, <paramref name="index"/> + 1, …: each <see cref="Word"/>, many at once.</summary>
    public void Words(ulong index, Span<uint> destination)
    {
        // Up to a whole block, then whole blocks, many at once where the machine can, then what is left.
        int start = (int)Math.Min((ulong)destination.Length, (WordsPerBlock - index) % WordsPerBlock);
        int many = PhiloxVectors.IsSupported
            ? (destination.Length - start) / PhiloxVectors.WordsAtOnce * PhiloxVectors.WordsAtOnce : 0;
        for (int i = 0; i < start; i++)
        {
            destination[i] = Word(index + (ulong)i);
        }
        if (many > 0)
        {
            PhiloxVectors.Fill(seed, stream, step, (index + (ulong)start) >> 2, destination.Slice(start, many));
        }
        for (int i = start + many; i < destination.Length; i += WordsPerBlock)
        {
            (uint w0, uint w1, uint w2, uint w3) = Block((index + (ulong)i) >> 2);
            ReadOnlySpan<uint> block = [w0, w1, w2, w3];
            block[..Math.Min(WordsPerBlock, destination.Length - i)].CopyTo(destination[i..]);
        }
    }

    /// <summary>64 random bits: word 2·index is the low half, word 2·index + 1 the high half.</summary>
    public ulong Long(ulong index) => Half(Block(index >> 1), index);

    /// <summary>u = (word div 2⁸)·2⁻²⁴, in [0, 1), exact in binary32.</summary>
    public float Uniform(ulong index) => (Word(index) >> 8) * (1f / (1 << 24));

    /// <summary>u = (word + ½)·2⁻³², in (0, 1), exact in binary64.</summary>
    public double OpenUniform(ulong index) => OpenUniform(Word(index));

    /// <summary>A standard normal number: the quantile of <see cref="OpenUniform(ulong)"/>, so one word makes one number.</summary>
    public double Normal(ulong index) => NormalDistribution.Quantile(OpenUniform(index));

    /// <summary>The numbers <see cref="Normal(ulong)"/> from <paramref name="index"/> on, rounded to binary32: the same bits, but
    /// many at once.</summary>
    public void Normals(ulong index, Span<float> destination)
    {
        const int portion = 256;
        Span<uint> words = stackalloc uint[portion];
        for (int i = 0; i < destination.Length; i += portion)
        {
            int count = Math.Min(portion, destination.Length - i);
            Words(index + (ulong)i, words[..count]);
            NormalVectors.Fill(words[..count], destination.Slice(i, count));
        }
    }

    /// <summary>The number in (0, 1) that <see cref="OpenUniform(ulong)"/> makes of a word.</summary>
    internal static double OpenUniform(uint word) => (word + 0.5) * (1.0 / 4294967296.0);

    /// <summary>A whole number in 0 … <paramref name="bound"/> − 1: the high half of <see cref="Long"/> · bound
    /// (its bias, bound·2⁻⁶⁴, is beyond measuring).</summary>
    public int Below(ulong index, int bound) => Scaled(Long(index), bound);

    /// <summary>
    /// Fills <paramref name="destination"/> with a random order of 0 … n − 1 (Fisher and Yates; Durstenfeld's form):
    /// for i from n − 1 down to 1, swap elements i and <c>Below(i, i + 1)</c>.
    /// </summary>
    public void Permutation(Span<int> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = i;
        }
        (uint, uint, uint, uint) block = Block((ulong)Math.Max(destination.Length - 1, 0) >> 1);
        for (int i = destination.Length - 1; i > 0; i--)
        {
            // Two neighbours share a block.
            block = i % 2 == 1 ? Block((ulong)i >> 1) : block;
            int j = Scaled(Half(block, (ulong)i), i + 1);
            (destination[i], destination[j]) = (destination[j], destination[i]);
        }
    }

    /// <summary>The 64 bits of a block that belong to the number <paramref name="index"/>.</summary>
    private static ulong Half((uint W0, uint W1, uint W2, uint W3) block, ulong index) =>
        (index & 1) == 0 ? ((ulong)block.W1 << 32) | block.W0 : ((ulong)block.W3 << 32) | block.W2;

    private static int Scaled(ulong bits, int bound) => (int)Math.BigMul(bits, (ulong)bound, out _);

    /// <summary>The ten rounds, for a counter and a key given word by word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (uint W0, uint W1, uint W2, uint W3) Generate(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0;
            ulong product1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = (
                (uint)(product1 >> 32) ^ c1 ^ k0,
                (uint)product1,
                (uint)(product0 >> 32) ^ c3 ^ k1,
                (uint)product0);
            k0 += Weyl0;
            k1 += Weyl1;
        }
        return (c0, c1, c2, c3);
    }
}
