using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Trainer.Configuration;
using Trainer.Randomness;

namespace Trainer.Augmentations;

/// <summary>
/// Noise on the inputs of training rows, new in every epoch, behind any <see cref="Augmentation"/>: x ← x + std·n, n standard normal.
/// Inputs may leave [0, 1]; nothing is cut off. Bishop, "Training with noise is equivalent to Tikhonov regularization" (1995).
/// </summary>
/// <remarks>Input i of row r in epoch e takes the number <c>Normal(r·inputs + i)</c> of stream <see cref="RandomStream.Noise"/>, step e,
/// rounded to binary32; then one fma in binary32. r is the row's number in the training split, so the order of the batches
/// does not matter.</remarks>
[Description("normal noise that is added to every input of a training row, new in every epoch")]
public sealed record InputNoise
{
    private const int Portion = 256;

    /// <summary>Standard deviation, where black is 0 and white is 1.</summary>
    [Bounds(0, 100)]
    [Description("standard deviation, where black is 0 and white is 1")]
    public required double Std { get; init => field = Guard.InBounds<InputNoise>(value); }

    /// <summary>Adds this noise to a row.</summary>
    /// <param name="seed">The experiment's seed.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="row">The row's number in the training split.</param>
    /// <param name="x">The inputs of the row, pixels from 0 to 1.</param>
    public void Add(ulong seed, uint epoch, int row, Span<float> x)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        var source = new Philox(seed, RandomStream.Noise, epoch);
        ulong first = (ulong)row * (ulong)x.Length;
        Span<float> normal = stackalloc float[Portion];
        for (int i = 0; i < x.Length; i += Portion)
        {
            Span<float> part = x.Slice(i, Math.Min(Portion, x.Length - i));
            source.Normals(first + (ulong)i, normal[..part.Length]);
            MultiplyAdd((float)Std, normal[..part.Length], part);
        }
    }

    /// <summary>x ← fma(std, n, x).</summary>
    private static void MultiplyAdd(float std, ReadOnlySpan<float> normal, Span<float> x)
    {
        int i = 0;
        if (Fma.IsSupported)
        {
            ref float n = ref MemoryMarshal.GetReference(normal[..x.Length]);
            ref float target = ref MemoryMarshal.GetReference(x);
            Vector256<float> factor = Vector256.Create(std);
            for (; i + Vector256<float>.Count <= x.Length; i += Vector256<float>.Count)
            {
                Fma.MultiplyAdd(factor, Vector256.LoadUnsafe(ref n, (nuint)i), Vector256.LoadUnsafe(ref target, (nuint)i))
                    .StoreUnsafe(ref target, (nuint)i);
            }
        }
        for (; i < x.Length; i++)
        {
            x[i] = MathF.FusedMultiplyAdd(std, normal[i], x[i]);
        }
    }
}
