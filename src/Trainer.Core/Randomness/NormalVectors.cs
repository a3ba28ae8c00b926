using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Trainer.Randomness;

/// <summary>Normal numbers from words, four at once between the tails of the distribution and one by one in them (4.85 % of
/// all); the bits are those of <see cref="Philox.Normal"/>, rounded to binary32.</summary>
internal static class NormalVectors
{
    private const int Lanes = 4;

    // 2⁵² + w, w below 2⁵², has w in its lowest bits.
    private const double TwoTo52 = 4503599627370496;

    /// <summary>destination[i] ← the quantile of word i.</summary>
    public static void Fill(ReadOnlySpan<uint> words, Span<float> destination)
    {
        int i = 0;
        if (Avx2.IsSupported)
        {
            ref uint source = ref MemoryMarshal.GetReference(words);
            ref float target = ref MemoryMarshal.GetReference(destination[..words.Length]);
            for (; i + Lanes <= words.Length; i += Lanes)
            {
                Vector256<double> probability = Probability(Vector128.LoadUnsafe(ref source, (nuint)i));
                Vector256<double> normal = NormalDistribution.Central(probability);
                Avx.ConvertToVector128Single(normal).StoreUnsafe(ref target, (nuint)i);
                uint tails = NormalDistribution.IsTail(probability).ExtractMostSignificantBits();
                for (; tails != 0; tails &= tails - 1)
                {
                    int lane = i + BitOperations.TrailingZeroCount(tails);
                    destination[lane] = Normal(words[lane]);
                }
            }
        }
        for (; i < words.Length; i++)
        {
            destination[i] = Normal(words[i]);
        }
    }

    private static float Normal(uint word) => (float)NormalDistribution.Quantile(Philox.OpenUniform(word));

    /// <summary><see cref="Philox.OpenUniform(uint)"/>, every step of which is exact.</summary>
    private static Vector256<double> Probability(Vector128<uint> words)
    {
        Vector256<ulong> wide = Avx2.ConvertToVector256Int64(words).AsUInt64();
        Vector256<double> number = (wide | Vector256.Create(TwoTo52).AsUInt64()).AsDouble() - Vector256.Create(TwoTo52);
        return (number + Vector256.Create(0.5)) * Vector256.Create(1.0 / 4294967296.0);
    }
}
