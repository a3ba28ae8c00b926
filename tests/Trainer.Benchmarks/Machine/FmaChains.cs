using System.Runtime.CompilerServices;
using Trainer.Formulas;

namespace Trainer.Benchmarks.Machine;

/// <summary>
/// The most arithmetic that a core can do: chains of fused multiply-adds that never leave the registers. Two such
/// instructions begin in a cycle at most and each takes four or five to end, so ten independent chains keep the unit full;
/// twelve leave four of the sixteen registers of AVX2 for the operands.
/// </summary>
internal static class FmaChains
{
    /// <summary>Chains, and so instructions in a round.</summary>
    public const int Count = 12;

    // Each link maps x to 0.5 x + 0.25, which rests at 0.5: no overflow, no subnormal, whatever the number of rounds.
    private const double Factor = 0.5;
    private const double Addend = 0.25;

    /// <summary>Floating-point operations of <paramref name="rounds"/> rounds.</summary>
    public static double Operations<T>(long rounds)
        where T : struct, ILanes<T> => 2.0 * T.Count * Count * rounds;

    /// <summary>Does <paramref name="rounds"/> links of every chain.</summary>
    /// <returns>A number that depends on all of them, so that none can be left out.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe float Run<T>(long rounds)
        where T : struct, ILanes<T>
    {
        T factor = T.Constant(Factor), addend = T.Constant(Addend);
        T a = T.Constant(0.1), b = T.Constant(0.2), c = T.Constant(0.3), d = T.Constant(0.4);
        T e = T.Constant(0.5), f = T.Constant(0.6), g = T.Constant(0.7), h = T.Constant(0.8);
        T i = T.Constant(0.9), j = T.Constant(1.0), k = T.Constant(1.1), l = T.Constant(1.2);
        for (long round = 0; round < rounds; round++)
        {
            a = T.FusedMultiplyAdd(a, factor, addend);
            b = T.FusedMultiplyAdd(b, factor, addend);
            c = T.FusedMultiplyAdd(c, factor, addend);
            d = T.FusedMultiplyAdd(d, factor, addend);
            e = T.FusedMultiplyAdd(e, factor, addend);
            f = T.FusedMultiplyAdd(f, factor, addend);
            g = T.FusedMultiplyAdd(g, factor, addend);
            h = T.FusedMultiplyAdd(h, factor, addend);
            i = T.FusedMultiplyAdd(i, factor, addend);
            j = T.FusedMultiplyAdd(j, factor, addend);
            k = T.FusedMultiplyAdd(k, factor, addend);
            l = T.FusedMultiplyAdd(l, factor, addend);
        }
        T sum = a + b + c + d + (e + f + g + h) + (i + j + k + l);
        float* lanes = stackalloc float[T.Count];
        T.Store(sum, lanes);
        float total = 0;
        for (int lane = 0; lane < T.Count; lane++)
        {
            total += lanes[lane];
        }
        return total;
    }
}
