using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Trainer.Randomness;

/// <summary>Philox4x32-10 on four counters at once; the words are those of <see cref="Philox.Generate"/>.</summary>
internal static class PhiloxVectors
{
    /// <summary>Words of one call: four blocks of four.</summary>
    public const int WordsAtOnce = 16;

    /// <summary>Whether this machine has the instructions: AVX2.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>The words of the blocks from <paramref name="block"/> on, in order.</summary>
    /// <param name="seed">The key.</param>
    /// <param name="stream">Counter word 3.</param>
    /// <param name="step">Counter word 2.</param>
    /// <param name="block">The first block.</param>
    /// <param name="destination">The words, a multiple of <see cref="WordsAtOnce"/>.</param>
    public static void Fill(ulong seed, RandomStream stream, uint step, ulong block, Span<uint> destination)
    {
        ref uint first = ref MemoryMarshal.GetReference(destination);
        Vector256<ulong> number = Vector256.Create(block) + Vector256.Create(0UL, 1, 2, 3);
        for (int i = 0; i + WordsAtOnce <= destination.Length; i += WordsAtOnce)
        {
            (Vector256<ulong> pair0, Vector256<ulong> pair1) = Blocks(seed, stream, step, number);
            Vector256<ulong> even = Avx2.UnpackLow(pair0, pair1);
            Vector256<ulong> odd = Avx2.UnpackHigh(pair0, pair1);
            Vector256.Create(even.GetLower(), odd.GetLower()).AsUInt32().StoreUnsafe(ref first, (nuint)i);
            Vector256.Create(even.GetUpper(), odd.GetUpper()).AsUInt32().StoreUnsafe(ref first, (nuint)i + WordsAtOnce / 2);
            number += Vector256.Create((ulong)(WordsAtOnce / Philox.WordsPerBlock));
        }
    }

    /// <summary>Words 0 and 1 of each block, and words 2 and 3, the lower in the low half.</summary>
    /// <remarks>Each lane holds one 32-bit word of one block; what lies above the word is never read, as the product takes the
    /// low halves only.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<ulong> Pair0, Vector256<ulong> Pair1) Blocks(
        ulong seed, RandomStream stream, uint step, Vector256<ulong> number)
    {
        const int half = 32;
        Vector256<ulong> multiplier0 = Vector256.Create((ulong)Philox.Multiplier0);
        Vector256<ulong> multiplier1 = Vector256.Create((ulong)Philox.Multiplier1);
        Vector256<ulong> c0 = number, c1 = number >>> half;
        Vector256<ulong> c2 = Vector256.Create((ulong)step), c3 = Vector256.Create((ulong)stream);
        uint k0 = (uint)seed, k1 = (uint)(seed >> half);
        for (int round = 0; round < Philox.Rounds; round++)
        {
            Vector256<ulong> product0 = Avx2.Multiply(multiplier0.AsUInt32(), c0.AsUInt32());
            Vector256<ulong> product1 = Avx2.Multiply(multiplier1.AsUInt32(), c2.AsUInt32());
            c0 = (product1 >>> half) ^ c1 ^ Vector256.Create((ulong)k0);
            c1 = product1;
            c2 = (product0 >>> half) ^ c3 ^ Vector256.Create((ulong)k1);
            c3 = product0;
            k0 += Philox.Weyl0;
            k1 += Philox.Weyl1;
        }
        Vector256<ulong> low = Vector256.Create((ulong)uint.MaxValue);
        return ((c0 & low) | (c1 << half), (c2 & low) | (c3 << half));
    }
}
